"""Short links: a code leads on for its days, and an own code leads where it was last told to."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import delete, select, text

from app.engine.store.link_clicks import LinkClicks
from app.engine.store.links import LinkDomain, ShortLink
from app.engine.store.shops import shop_of
from app.engine.worker.main import Worker
from app.rees46.errors import Refused
from app.rees46.links import Create, Link
from tests.engine.asking import ON_SQLITE, SECRET, SHOP
from tests.patience import wait_until

PAGE = "https://shop.test/page?utm_source=letter&b=%20"
KEYS = {"shop_id": SHOP, "shop_secret": SECRET}


@pytest.fixture
def shorten(shop):
    """Shorten and give the code."""
    return lambda url=PAGE, **how: code_of(shop.send(Create(links=[Link(url=url, **how)]))[0].url)


@pytest.fixture
def leads_to(wire):
    """Where a code leads; nothing when it leads nowhere."""
    return lambda code, **headers: wire.get(f"/{code}", headers=headers).headers.get("Location")


def code_of(url):
    return url.rpartition("/")[2]


def later(**delta):
    return time_machine.travel(datetime.now(UTC) + timedelta(**delta), tick=False)


def test_a_code_leads_to_its_url_and_browsers_do_not_keep_it(shorten, wire):
    answer = wire.get(f"/{shorten()}")
    assert answer.status_code == 302
    assert answer.headers["Location"] == PAGE
    assert answer.headers["Cache-Control"] == "no-store"


def test_hundreds_are_shortened_at_once_and_answered_in_order(shop):
    urls = [f"https://shop.test/{number}" for number in range(300)]
    answer = shop.send(Create(links=[Link(url=url) for url in urls]))
    assert [link.source for link in answer] == urls
    codes = {code_of(link.url) for link in answer}
    assert len(codes) == 300
    assert all(len(code) == 8 and code.isalnum() for code in codes)


def test_a_link_lives_for_thirty_days_unless_told_otherwise(shorten, leads_to):
    usual, short = shorten(), shorten(lifetime=1)
    with later(hours=23):
        assert leads_to(short)
    with later(hours=25):
        assert not leads_to(short)
        assert leads_to(usual)
    with later(days=31):
        assert not leads_to(usual)


def test_the_worker_deletes_expired_links_and_leaves_living_ones(shorten, leads_to, database, settings):
    _, _, living = shorten(lifetime=1), shorten(lifetime=1), shorten(lifetime=90)
    worker = Worker(settings)
    with later(days=2):
        worker.do_chores()
    worker.database.engine.dispose()
    with database.reading() as db:
        assert db.scalars(select(ShortLink.code)).all() == [living]
    assert leads_to(living)


def test_a_person_is_told_in_words_and_a_machine_in_json_that_a_link_is_over(wire):
    page = wire.get("/Nowhere1", headers={"Accept": "text/html,*/*"})
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert "leads nowhere" in page.text
    assert wire.get("/Nowhere1").json["status"] == "error"


def test_an_own_code_takes_the_place_of_the_link_that_had_it(shorten, leads_to):
    assert shorten("https://shop.test/old", code="sale") == "sale"
    shorten("https://shop.test/new", code="sale")
    assert leads_to("sale") == "https://shop.test/new"


def test_of_two_links_with_the_same_own_code_in_one_call_the_last_one_stays(shop, leads_to):
    links = [Link(url=f"https://shop.test/{place}", code="sale") for place in (1, 2)]
    assert [link.source for link in shop.send(Create(links=links))] == ["https://shop.test/1", "https://shop.test/2"]
    assert leads_to("sale") == "https://shop.test/2"


def test_a_living_code_of_another_shop_is_not_taken_away(shorten, other_shop, leads_to):
    shorten(code="sale", lifetime=1)
    theirs = Create(links=[Link(url="https://other.test/", code="sale")])
    with pytest.raises(Refused, match="another shop"):
        other_shop.send(theirs)
    assert leads_to("sale") == PAGE
    with later(days=2):
        other_shop.send(theirs)
        assert leads_to("sale") == "https://other.test/"


def test_an_own_domain_has_to_be_allowed_first(shop, shorten, leads_to, database, settings):
    link = Link(url=PAGE, code="sale", domain="Go.Shop.test")
    with pytest.raises(Refused, match="not allowed"):
        shop.send(Create(links=[link]))
    with database.writing() as db:
        db.add(LinkDomain(shop_id=shop_of(db, SHOP).id, domain="go.shop.test"))
    assert shop.send(Create(links=[link]))[0].url == "https://go.shop.test/sale"
    shorten("https://shop.test/other", code="sale")
    assert leads_to("sale", Host="go.shop.test") == PAGE
    assert leads_to("sale") == "https://shop.test/other"


def test_deep_links_into_apps_are_followed(shorten, leads_to):
    assert leads_to(shorten("myshop://product/37")) == "myshop://product/37"


@ON_SQLITE
@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "blob:https://shop.test/1",
        "view-source:https://shop.test",
        "shop.test/page",
        "/page",
        "https://",
        "http:page",
        "https:///page",
        "http://[::1",
        "https://shop.test/\r\nSet-Cookie: a=b",
        "",
        "x" * 8001,
        None,
        5,
        {},
    ],
)
def test_what_no_browser_should_be_sent_to_is_refused_and_nothing_is_made(wire, url):
    links = [{"url": PAGE, "code": "first"}, {"url": url}]
    answer = wire.post("/url/create", json=KEYS | {"links": links})
    assert answer.status_code == 400
    assert wire.get("/first").status_code == 404


@ON_SQLITE
@pytest.mark.parametrize(
    "wrong",
    [{"lifetime": 0}, {"lifetime": 91}, {"lifetime": "soon"}, {"code": "a b"}, {"code": "x" * 65}, {"code": "../a"}],
)
def test_what_is_out_of_range_is_refused(wire, wrong):
    answer = wire.post("/url/create", json=KEYS | {"links": [{"url": PAGE} | wrong]})
    assert answer.status_code == 400
    assert answer.json["payload"]["message"].startswith("links.0.")


@ON_SQLITE
@pytest.mark.parametrize("links", [[], "", "x", 5, {}, [5], None])
def test_a_call_without_links_is_refused(wire, links):
    assert wire.post("/url/create", json=KEYS | {"links": links}).status_code == 400


def test_empty_extras_count_as_left_out(wire):
    link = {"url": PAGE, "lifetime": "", "code": None, "domain": "null"}
    assert wire.post("/url/create", json=KEYS | {"links": [link]}).status_code == 200


@ON_SQLITE
@pytest.mark.parametrize("code", ["promo_codes", "profile", "health", "outbox", "transact"])
def test_a_code_cannot_hide_a_path_of_the_api(shorten, code):
    with pytest.raises(Refused, match="path of the API"):
        shorten(code=code)


def test_a_wrong_method_on_a_path_of_the_api_is_still_told_as_such(wire):
    answer = wire.get("/transact")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")


def test_addresses_in_other_letters_reach_their_page(shorten, leads_to):
    assert leads_to(shorten("https://магазин.рф/шлем?a=б в")).startswith("https://xn--")


def test_clicks_are_counted_by_day_and_stored_within_a_second(shorten, leads_to, wire, box):
    once, often = shorten(), shorten()
    leads_to(once)
    with later(days=1):
        leads_to(often)
        leads_to(often)
        wire.head(f"/{often}")
    leads_to(often)
    leads_to("nothing")
    box.extensions["clicks"].flush()
    leads_to(often)
    database = box.extensions["db"]
    wait_until(lambda: stored(database) == [1, 2, 2])


def stored(database):
    with database.reading() as db:
        return sorted(db.scalars(select(LinkClicks.clicks)))


def test_a_link_that_is_gone_takes_no_click_of_others_with_it(shorten, leads_to, box):
    gone, living = shorten(), shorten()
    leads_to(gone)
    leads_to(living)
    with box.extensions["db"].writing() as db:
        db.execute(delete(ShortLink).where(ShortLink.code == gone))
    assert box.extensions["clicks"].flush()
    assert stored(box.extensions["db"]) == [1]


def test_clicks_that_the_database_refuses_are_kept_for_the_next_time(shorten, leads_to, box):
    leads_to(shorten())
    database, clicks = box.extensions["db"], box.extensions["clicks"]
    rename(database, "link_clicks", "away")
    assert not clicks.flush()
    rename(database, "away", "link_clicks")
    assert clicks.flush()
    assert stored(database) == [1]


def rename(database, before, after):
    with database.writing() as db:
        db.execute(text(f"ALTER TABLE {before} RENAME TO {after}"))
