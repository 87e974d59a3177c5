"""The outbox: what was sent, found again, shown safely, and only to who may see it."""

import pytest

from app.engine.http.app import create_box
from app.engine.store.campaigns import Campaign, Template
from app.engine.store.shops import shop_of
from app.rees46 import imports
from app.rees46.messages import Multi, Sms
from tests.engine.asking import ON_SQLITE, SECRET, SHOP
from tests.page import Page

PHONE = "79990000001"


@pytest.fixture(autouse=True)
def _campaigns(database):
    with database.writing() as db:
        shop = shop_of(db, SHOP).id
        letter = {"subject": "To {{ name }}", "html": "<h1>{{ name }}</h1><script>alert(1)</script>"}
        for kind, channel, parts in (("sms", "sms", {"text": "Code {{ code }}"}), ("multi", "email", letter)):
            template = Template(shop_id=shop, channel=channel, language="en", parts=parts)
            said = {"kind": kind, "code": "hello", "name": f"Hello by {channel}", "created": db.now}
            db.add(Campaign(shop_id=shop, templates=[template], **said))


@pytest.fixture
def look(wire):
    """Open a page of the box as somebody at this machine does."""
    return lambda path, **form: Page(None, wire.post(path, data=form) if form else wire.get(path))


@pytest.fixture
def sms(shop):
    return lambda code, phone=PHONE: shop.send(Sms(code="hello", phone=phone, variables={"code": code})).code


@pytest.fixture
def far(settings):
    """A visitor of a box that the world can reach."""
    app = create_box(settings.model_copy(update={"public_url": "https://desk.shop.test"}))
    yield app.test_client()
    app.extensions["db"].engine.dispose()


@ON_SQLITE
def test_an_empty_outbox_says_how_to_fill_it(look):
    assert "Nothing was sent yet" in look("/outbox").text


def test_messages_are_listed_newest_first_with_what_they_lack(look, sms, shop):
    sms("one")
    shop.send(Multi(code="hello", email="anna@shop.local", variables={}))
    newest, oldest = look("/outbox").rows()
    assert newest[1:] == ["E-mail", "anna@shop.local", "Hello by email", "To 1 missing"]
    assert oldest[1:] == ["SMS", PHONE, "Hello by sms", "Code one"]


@ON_SQLITE
def test_fifty_stand_on_a_page_and_a_link_leads_to_the_older_ones(look, sms):
    for number in range(52):
        sms(f"n{number}")
    first = look("/outbox")
    older = look(first.dom.find("a", string="Older")["href"])
    assert [row[-1] for row in older.rows()] == ["Code n1", "Code n0"]
    assert len(first.rows()) == 50
    assert older.dom.find("a", string="Older") is None


@pytest.mark.parametrize("typed", ["+7 999 000-00-02", "89990000002", "79990000002"])
def test_a_recipient_is_found_however_the_number_is_written_and_never_stands_in_a_url(look, sms, typed):
    sms("mine", "79990000002")
    sms("theirs")
    page = look("/outbox", recipient=typed)
    assert [row[-1] for row in page.rows()] == ["Code mine"]
    assert not [link["href"] for link in page.dom.find_all("a", href=True) if "9990000002" in link["href"]]


def test_who_got_nothing_is_told_apart_from_nothing_at_all(look, sms):
    sms("one")
    assert "Nothing was sent to nobody@shop.local." in look("/outbox", recipient="nobody@shop.local").text


@ON_SQLITE
def test_older_messages_of_one_recipient_are_reached_by_a_form(look, sms):
    for number in range(51):
        sms(f"n{number}")
    page = look("/outbox", recipient=PHONE)
    before = page.dom.find("input", {"name": "before"})["value"]
    assert [row[-1] for row in look("/outbox", recipient=PHONE, before=before).rows()] == ["Code n0"]


@ON_SQLITE
def test_a_message_shows_its_parts_and_markup_in_them_does_nothing(look, shop):
    code = shop.send(Multi(code="hello", email="anna@shop.local", variables={"name": "<b>A</b>"})).code
    page = look(f"/outbox/{code}")
    assert page.h1 == f"Message {code}"
    assert "To <b>A</b>" in page.text
    assert page.dom.find("main").find("script") is None


@ON_SQLITE
def test_a_letter_is_shown_in_a_sandbox(wire, shop):
    code = shop.send(Multi(code="hello", email="anna@shop.local", variables={"name": "A"})).code
    answer = wire.get(f"/outbox/{code}/letter")
    assert answer.text.startswith("<h1>A</h1>")
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("path", ["/outbox/nothing1", "/outbox/nothing1/letter", "/imports/99", "/imports/9999999999"])
def test_what_is_not_there_is_not_found(wire, path):
    assert wire.get(path).status_code == 404


@pytest.mark.parametrize("before", ["x", "-1", "0", "99999999999999999999", "%00"])
def test_a_place_in_the_list_that_makes_no_sense_is_the_beginning(wire, sms, before):
    sms("one")
    assert "Code one" in wire.get(f"/outbox?before={before}").text


@ON_SQLITE
def test_pages_of_the_box_are_under_a_strict_policy(wire):
    for path in ("/outbox", "/imports"):
        headers = wire.get(path).headers
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
        assert headers["Cache-Control"] == "no-store"


def test_an_import_is_reported_row_by_row(look, shop, keeper):
    assert "Nothing was imported yet" in look("/imports").text
    shop.send(imports.Audience(audience=[{"email": "a@shop.local"}, {"first_name": "Nobody"}]))
    keeper.import_({"email": "b@shop.local"})
    page = look("/imports")
    second, first = page.rows()
    assert [row[2:6] for row in (first, second)] == [["done", "2", "1", "1"], ["done", "1", "1", "0"]]
    assert look(page.dom.select("tbody tr")[1].find("a")["href"]).row("2")[0] == "2"


@ON_SQLITE
def test_on_this_machine_both_shops_can_be_chosen(look, sms):
    sms("one")
    page = look("/outbox")
    assert page.h1 == "Outbox of Shop"
    other = look(page.dom.find("a", string="Other")["href"])
    assert (other.h1, other.rows()) == ("Outbox of Other", [])


@ON_SQLITE
def test_a_message_of_one_shop_is_not_shown_as_another(wire, sms):
    assert wire.get(f"/outbox/{sms('one')}?shop=other").status_code == 404


@ON_SQLITE
@pytest.mark.parametrize(
    "odd",
    [
        {"headers": {"X-Forwarded-For": "203.0.113.1"}},
        {"headers": {"Via": "1.1 proxy"}},
        {"headers": {"Host": "desk.shop.test"}},
        {"environ_overrides": {"REMOTE_ADDR": "203.0.113.1"}},
    ],
)
def test_a_call_from_elsewhere_finds_the_door_closed(wire, sms, odd):
    code = sms("secret")
    for path in ("/outbox", f"/outbox/{code}", f"/outbox/{code}/letter", "/imports"):
        answer = wire.get(path, **odd)
        assert answer.status_code == 403
        assert "Code secret" not in answer.text
        assert PHONE not in answer.text


@ON_SQLITE
def test_where_the_world_can_reach_the_box_even_this_machine_needs_the_keys(far):
    assert far.get("/outbox").status_code == 403


@ON_SQLITE
def test_the_keys_of_a_shop_open_its_pages_and_no_others(far, sms):
    sms("one")
    wrong = far.post("/outbox/open", data={"shop_id": SHOP, "shop_secret": "guess"})
    assert (wrong.status_code, "Nothing was opened" in wrong.text) == (403, True)
    right = far.post("/outbox/open", data={"shop_id": SHOP, "shop_secret": SECRET}, base_url="https://localhost")
    assert (right.status_code, right.location) == (303, "/outbox")
    assert all(word in right.headers["Set-Cookie"] for word in ("HttpOnly", "SameSite=Strict", "Secure"))
    page = Page(None, far.get("/outbox?shop=other", base_url="https://localhost"))
    assert (page.h1, len(page.rows())) == ("Outbox of Shop", 1)
    assert page.dom.find("a", string="Other") is None


@ON_SQLITE
def test_a_forged_cookie_opens_nothing(far):
    far.set_cookie("box46", "InNob3Ai.aSDyVg.forged", secure=True)
    assert far.get("/outbox", base_url="https://localhost").status_code == 403


@pytest.mark.parametrize(
    "path", ["/outbox?shop=%00", "/outbox?shop=%ff", "/outbox/%00", "/outbox/%F0%9F%98%80", "/%00"]
)
def test_a_path_that_makes_no_sense_is_never_our_fault(wire, path):
    assert wire.get(path).status_code < 500


@pytest.mark.parametrize("typed", ["\x00", "\udcff", "9" * 5000, "%00", "'; DROP TABLE messages"])
def test_a_search_that_makes_no_sense_finds_nothing(wire, typed):
    answer = wire.post("/outbox", data={"recipient": typed.encode(errors="surrogatepass")})
    assert answer.status_code < 500
