"""Products: found by ID and words, shown with all that REES46 tells, and remembered over time."""

import json

import pytest

from app.rees46.products import Product
from app.store import products_seen
from app.store.products_seen import ProductSighting, SeenProduct
from tests.adapters import Answering, Dead, over, trouble

SHORTS = "1071"  # in stock in the demo shop
AWAY = "1013"  # not in stock


def answered(**told):
    return Answering(body=json.dumps({"name": "Bell", "price": 10, **told}).encode())


@pytest.mark.usefixtures("indexed")
def test_words_find_products_and_lead_to_their_pages(agent):
    hits = agent.get("/products/").press("Find the product", q="jersey merino")
    assert hits.status == 200
    names = [row[0] for row in hits.rows()]
    assert names
    assert all("Merino" in name for name in names)
    shown = agent.get(hits.tree.cssselect("tbody th a")[0].get("href"))
    assert "Merino" in shown.h1


def test_an_id_finds_what_no_search_does(agent):
    hits = agent.get("/products/").press("Find the product", q=AWAY)
    assert hits.row(AWAY)[0].endswith("not in stock")


@pytest.mark.usefixtures("indexed")
def test_hits_come_while_somebody_types(agent):
    part = agent.htmx("/products/?q=jersey", target="div#product-hits")
    assert "<html" not in part.html
    assert part.rows()


def test_words_that_find_nothing_say_so(agent):
    assert "Nothing matches" in agent.get("/products/?q=zzqqxx").text


def test_a_product_shows_price_stock_categories_and_properties(agent):
    page = agent.get(f"/products/item?id={SHORTS}")
    assert page.status == 200
    for words in (
        "in stock",
        "Bib shorts",
        "Sportswear",
        "was 9,160",
        "color",
        "warranty",
        "months",
        "Clothes and shoes",
        "Sizes",
    ):
        assert words in page.text
    assert page.link("Open in the shop").startswith("https://shop.example.com/")


def test_every_field_that_is_told_stands_on_the_page(app, agent):
    texts = {
        name: f"value-of-{name}" for name, field in Product.model_fields.items() if field.annotation == (str | None)
    }
    numbers = {
        "price": 4711,
        "oldprice": 5822,
        "stock_quantity": 17,
        "rating": 4.5,
        "sales_rate": 61,
        "discount_percent": 19,
    }
    niches = {
        "fashion": {"gender": "m", "sizes": ["XXS"], "colors": [{"color": "mauve", "picture": "x"}]},
        "child": {"age": {"min": 3, "max": 5}},
        "cosmetic": {"skin": {"type": ["dry-skin"]}, "hypoallergenic": True},
        "auto": {"compatibility": [{"brand": "Lada", "model": "Niva"}]},
    }
    places = {"locations": {"msk": {"price": 99, "stock_quantity": 3, "delivery_types": {"store": 2}}}}
    told = (
        texts | numbers | niches | places | {"params": [{"key": "frame", "values": ["steel", "carbon"], "unit": "kg"}]}
    )
    trouble(app, answered(**told, image_url_resized={"120": "pic-120"}), "/products/get")
    page = agent.get("/products/item?id=9")
    hidden = {"price_formatted"}
    missing = [name for name, text in texts.items() if text not in page.html and name not in hidden]
    assert missing == []
    for words in (
        "4,711",
        "5,822",
        "19 %",
        "17",
        "4.5",
        "61",
        "XXS",
        "mauve",
        "3 – 5",
        "Skin · Kind",
        "dry-skin",
        "Lada Niva",
        "steel, carbon kg",
        "msk",
        "99",
        "store: 2",
        "pic-120",
    ):
        assert words in page.text


def test_an_unknown_id_is_a_404_that_offers_the_search(agent):
    page = agent.get("/products/item?id=no-such-thing")
    assert page.status == 404
    assert "no-such-thing" in page.text
    assert page.link("Products", within="main") == "/s/demo/products/"


def test_an_id_may_hold_any_sign(app, agent):
    trouble(app, answered(uniqid="a/b?c=д&#1"), "/products/get")
    page = agent.get("/products/item", query_string={"id": "a/b?c=д&#1"})
    assert page.h1.startswith("Bell")
    assert page.panel("visible").status == 200


def test_the_question_who_sees_no_product_leads_to_all_of_them(agent):
    shown = agent.get("/products/visible")
    assert (shown.status, shown.answer.request.path) == (200, "/s/demo/products/")


def test_what_is_missing_is_said_first(app, agent):
    trouble(app, answered(price=None, is_available=True, ignored=True, category_ids=["1"]), "/products/get")
    shown = agent.get("/products/visible?id=9")
    assert "Shoppers do not see it" in shown.text
    wrong = [item.text_content() for item in shown.tree.cssselect(".rows li") if "wrong" in item.text_content()]
    assert [words.strip()[:5] for words in wrong] == ["Price", "URLWi", "Not i", "Pictu"]
    assert "Price" in shown.tree.cssselect(".rows li")[0].text_content()


def test_what_nobody_told_is_not_called_wrong(app, agent):
    told = {"url": "https://x.example", "picture": "https://x.example/p.jpg", "category_ids": ["1"]}
    trouble(app, answered(**told), "/products/get")
    assert "Nothing speaks against it" in agent.get("/products/visible?id=9").text


def test_a_picture_that_could_not_be_loaded_is_told(app, agent):
    items = [{"uniqid": SHORTS, "name": "x", "price": 1, "url": "x", "image_downloading_error": "404 from the host"}]
    body = json.dumps({"status": "success", "data": {"total": 1, "items": items}}).encode()
    trouble(app, Answering(body=body), "/not_widgetable")
    assert "404 from the host" in agent.get(f"/products/visible?id={SHORTS}").text
    assert "404 from the host" in agent.get("/products/hidden").row(SHORTS)[1]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x.example", ""])
def test_an_address_that_leads_nowhere_on_the_web_is_no_link(app, agent, address):
    trouble(app, answered(url=address, picture=address), "/products/get")
    page = agent.get("/products/item?id=9")
    assert [link.get("href") for link in page.tree.cssselect("main a[target]")] == []


def test_price_and_stock_are_remembered_when_they_change(app, agent, desk):
    prices = [(10, True), (10, True), (12, True), (12, False), (9, True)]
    for price, is_available in prices:
        adapter = trouble(app, answered(price=price, is_available=is_available), "/products/get")
        page = agent.get("/products/item?id=9")
        over(app, adapter)
    steps = [step.text_content() for step in page.tree.cssselect("#course .timeline li")]
    assert "Price 12 became 9, in stock" in steps[0]
    assert "not in stock" in steps[1]
    assert "Price 10 became 12" in steps[2]
    assert "First seen here: 10, in stock" in steps[3]
    with desk.reading() as db:
        assert db.query(ProductSighting).count() == 4


def test_without_an_answer_what_was_read_last_is_shown(app, agent):
    agent.get(f"/products/item?id={SHORTS}")
    trouble(app, Dead(), "/products/")
    page = agent.get(f"/products/item?id={SHORTS}")
    assert page.status == 502
    assert "Bib shorts" in page.h1
    assert "Read last:" in page.text


def test_products_opened_lately_are_read_again_at_night(app, agent, desk):
    from app.work.schedules import PLANNED  # noqa: PLC0415  # filled by the pages

    agent.get(f"/products/item?id={SHORTS}")
    adapter = trouble(app, answered(price=1, is_available=False), "/products/get")
    with app.app_context():
        PLANNED["products.look"].task()
    over(app, adapter)
    with desk.reading() as db:
        assert db.query(SeenProduct).one().price == 1
        assert len(products_seen.history(db, 1, SHORTS)) == 2


def test_counters_that_are_not_told_leave_the_page(app, agent):
    trouble(app, Answering(404, b""), "/products/counters")
    page = agent.get(f"/products/item?id={SHORTS}")
    assert page.status == 200
    assert "REES46 did not say what visitors do" in page.text


def test_blocks_that_somebody_wrote_down_stand_beside_products(marketer, agent):
    item = f"/products/item?id={SHORTS}"
    shown = marketer.get(item).press("Show this block", code="similar", name="Similar")
    assert "stands on product pages now" in shown.messages
    panel = agent.get(item).panel("block-1")
    assert panel.tree.cssselect(".rows li a")
    assert "Show this block" not in agent.get(item).text
    gone = shown.press("Take Similar off")
    assert "no more" in gone.messages
    assert not gone.tree.cssselect("#block-1")


def test_a_block_that_does_not_exist_fails_alone(marketer):
    page = marketer.get(f"/products/item?id={SHORTS}").press("Show this block", code="nonsense")
    assert page.status == 200
    assert page.panel("block-1").status == 404


def test_blocks_are_those_of_their_shop(marketer):
    marketer.get(f"/s/demo/products/item?id={SHORTS}").press("Show this block", code="similar")
    assert "similar" not in marketer.get(f"/s/second/products/item?id={SHORTS}").html
