"""Shortening: one URL or many, with tags, own codes and days; nothing living is replaced unless it is said."""

import pytest

from app.store.short_links import ShortLink
from tests.adapters import Answering, Dead, Silent, over, trouble
from tests.page import upload

PAGE = "https://shop.example.com/sale"
REFUSED = "jar:https://shop.example.com/a.jar!/b"  # by REES46, and not by the desk


def shorten(visitor, url=PAGE, **fields):
    return visitor.get("/links/shorten").press("Shorten the link", url=url, **fields)


def shorten_many(visitor, lines="", **fields):
    return visitor.get("/links/shorten-many").press("Shorten the links", lines=lines, **fields)


def short(page):
    return page.dom.select_one(".voucher strong").get_text()


def kept(desk):
    with desk.reading() as db:
        return db.query(ShortLink).order_by(ShortLink.id).all()


def follow(box, link):
    """Where a short link leads, as a browser asks."""
    return box.test_client().get(f"/{link.rpartition('/')[2]}").location


def test_one_url_becomes_a_link_that_leads_there(marketer, box):
    page = shorten(marketer)
    assert page.h1 == "1 short link"
    assert follow(box, short(page)) == PAGE
    assert marketer.get("/links/").row(short(page))[3].startswith("Active")


def test_an_own_code_and_days_are_kept(marketer, box, desk):
    page = shorten(marketer, code="spring", lifetime="7")
    assert short(page).endswith("/spring")
    assert follow(box, "spring") == PAGE
    link = kept(desk)[0]
    assert (link.expires - link.at).days in {6, 7}


def test_tags_are_put_on_before_the_fragment_and_beside_what_is_there(marketer, box):
    url = "https://shop.example.com/sale?colour=red&utm_source=own#top"
    page = shorten(marketer, url, source="news letter", medium="email", campaign="Весна")
    expected = "https://shop.example.com/sale?colour=red&utm_source=own&utm_medium=email&utm_campaign="
    assert follow(box, short(page)).startswith(expected)
    assert follow(box, short(page)).endswith("#top")


def test_a_deep_link_into_an_app_gets_no_tags(marketer, box):
    assert follow(box, short(shorten(marketer, "myshop://product/37", source="sms"))) == "myshop://product/37"


def test_a_bare_address_gets_its_scheme(marketer, box):
    assert follow(box, short(shorten(marketer, "shop.example.com/sale"))) == PAGE


def test_a_second_click_makes_no_second_link(marketer, desk):
    form = marketer.get("/links/shorten")
    first = form.press("Shorten the link", url=PAGE)
    second = form.press("Shorten the link", url=PAGE)
    assert first.path == second.path
    assert len(kept(desk)) == 1
    changed = form.press("Shorten the link", url=f"{PAGE}/changed")
    assert f"{PAGE}/changed" in changed.text


def test_a_url_that_is_short_already_is_not_made_again_unless_it_is_said(marketer, desk):
    first = short(shorten(marketer))
    page = shorten(marketer)
    assert page.h1 == "Check the links"
    assert first in page.text
    again = page.press("Create the links")
    assert first in again.text
    assert len(kept(desk)) == 1
    another = shorten(marketer).press("Create the links", **{"choice-1": "another"})
    assert short(another) != first


def test_a_living_code_is_taken_over_only_when_its_old_target_was_shown_and_chosen(marketer, box, desk):
    shorten(marketer, code="spring")
    page = shorten(marketer, "https://shop.example.com/new", code="spring")
    assert "The code “spring” is in use" in page.text
    assert PAGE in page.text
    refused = page.press("Create the links")
    assert refused.status == 422
    assert follow(box, "spring") == PAGE
    chosen = page.dom.find("input", {"id": "choice-1-do"})["value"]
    done = page.press("Create the links", **{"choice-1": chosen})
    assert follow(box, "spring") == "https://shop.example.com/new"
    assert short(done).endswith("/spring")
    assert [one.state for one in kept(desk)] == ["replaced", "made"]
    assert marketer.get("/links/over").row(PAGE)[3].startswith("Replaced")


def test_a_code_that_changed_hands_meanwhile_is_not_taken_over(marketer, box):
    shorten(marketer, code="spring")
    page = shorten(marketer, "https://shop.example.com/mine", code="spring")
    chosen = page.dom.find("input", {"id": "choice-1-do"})["value"]
    other = shorten(marketer, "https://shop.example.com/theirs", code="spring")
    other.press("Create the links", **{"choice-1": other.dom.find("input", {"id": "choice-1-do"})["value"]})
    late = page.press("Create the links", **{"choice-1": chosen})
    assert late.status == 422
    assert follow(box, "spring") == "https://shop.example.com/theirs"


BAD_LINKS = [
    {"url": ""},
    {"url": "no address"},
    {"url": "https://x.example/\0"},
    {"url": "https://" + "x" * 8000},
    {"code": "двенадцать"},
    {"code": "a b"},
    {"code": "x" * 65},
    {"lifetime": "0"},
    {"lifetime": "91"},
    {"lifetime": "soon"},
    {"lifetime": "9" * 400},
    {"domain": "x" * 254},
    {"source": "x" * 201},
]


def test_bad_input_makes_no_link(marketer, desk):
    for fields in BAD_LINKS:
        page = shorten(marketer, **fields)
        assert page.status == 422, fields
        assert page.errors, fields
    assert kept(desk) == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_what_a_browser_would_run_is_not_shortened(marketer, desk, url):
    assert "This cannot be shortened." in shorten(marketer, url).text
    assert shorten_many(marketer, url).row(url)[2].startswith("no URL")
    assert kept(desk) == []


def test_what_rees46_refuses_is_told_in_its_words(marketer, desk):
    page = shorten(marketer, REFUSED)
    assert "REES46 refused 1 URL" in page.text
    assert [one.state for one in kept(desk)] == ["refused"]


def test_many_urls_have_their_own_days_and_codes(marketer, box, desk):
    page = shorten_many(marketer, f"{PAGE}/1\n\n{PAGE}/2 60\n{PAGE}/3 10 third\n{PAGE}/4 5 fourth", lifetime="9")
    assert (page.h1, kept(desk)) == ("Check the links", [])
    assert page.press("Create the links").h1 == "4 short links"
    assert [(one.lifetime, one.is_own) for one in kept(desk)] == [(9, False), (60, False), (10, True), (5, True)]
    assert follow(box, "third") == f"{PAGE}/3"
    assert follow(box, "fourth") == f"{PAGE}/4"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("links.csv", f"url,lifetime,code\n{PAGE}/a,60,\n{PAGE}/b,,own-b\n"),
        ("links.csv", f"ссылка;дней;код\n{PAGE}/a;60;\n{PAGE}/b;;own-b\n".encode("cp1251")),
        ("links.tsv", f"code\turl\tlifetime\n\t{PAGE}/a\t60\nown-b\t{PAGE}/b\t\n"),
    ],
)
def test_a_file_is_read_by_the_names_of_its_columns(marketer, desk, name, content):
    assert shorten_many(marketer, file=upload(content, name)).press("Create the links").h1 == "2 short links"
    assert [(one.lifetime, one.code if one.is_own else None) for one in kept(desk)] == [(60, None), (30, "own-b")]


@pytest.mark.parametrize(
    "url",
    [
        f"{PAGE}/winter tyres",
        f"{PAGE}/winter\ttyres",
        "https://shop..example.com/",
        "https://example.com:99999/",
        "htps://example.com/",
        "http://a b/",
    ],
)
def test_what_is_no_url_is_not_shortened_and_a_blank_is_never_a_code(marketer, desk, url):
    assert shorten_many(marketer, url).h1 == "Check the links"
    assert kept(desk) == []


def test_a_deep_link_leads_where_it_was_made_to_byte_for_byte(marketer, box, desk):
    shorten_many(marketer, "myapp://ProductCard/12 10 card").press("Create the links")
    assert follow(box, "card") == "myapp://ProductCard/12"


def test_wrong_rows_are_shown_and_the_others_can_be_made(marketer, desk):
    lines = f"{PAGE}/1\nnonsense\n{PAGE}/2 999\n{PAGE}/3 10 a/b\n{PAGE}/4 10 same\n{PAGE}/5 10 same"
    page = shorten_many(marketer, lines)
    assert page.row("nonsense")[2].startswith("no URL")
    assert page.row(f"{PAGE}/2")[2] == "the lifetime is not a number from 1 to 90"
    assert "other than Latin letters" in page.row(f"{PAGE}/3")[2]
    assert "more than once" in page.row(f"{PAGE}/5")[2]
    done = page.press("Create the links")
    assert done.h1 == "1 short link"
    assert "Left out" in done.text
    assert len(kept(desk)) == 1


def test_one_url_that_rees46_refuses_does_not_stop_the_others(marketer, desk):
    lines = "\n".join([*(f"{PAGE}/{number}" for number in range(9)), REFUSED])
    page = shorten_many(marketer, lines)
    assert [one.state for one in kept(desk)] == ["made"] * 9 + ["refused"]
    assert "page of the web" in page.row(REFUSED)[1]


NO_URLS = [
    {"lines": ""},
    {"lines": PAGE, "file": upload("url\nhttps://x.example\n")},
    {"lines": "\n".join(f"https://x.example/{number}" for number in range(1001))},
    {"file": upload("name,size\na,b\n")},
    {"file": upload(b"\0\1")},
    {"lines": "https://x.example/\0"},
]


def test_what_holds_no_urls_is_refused(marketer, desk):
    for fields in NO_URLS:
        page = shorten_many(marketer, **fields)
        assert page.status == 422, fields
        assert page.errors, fields
    assert kept(desk) == []


def test_many_links_are_made_in_parts_and_go_on_where_they_stopped(marketer, desk, monkeypatch):
    monkeypatch.setattr("app.pages.links.proceed.SECONDS", 0.0)
    page = shorten_many(marketer, "\n".join(f"{PAGE}/{number}" for number in range(150)))
    assert "0 of 150" in page.text
    monkeypatch.undo()
    page = page.press("Continue")
    assert page.h1 == "150 short links"
    assert len(page.rows()) == 100
    assert len(page.follow("The next rows").rows()) == 50
    assert len({one.short for one in kept(desk)}) == 150


@pytest.mark.parametrize(
    "adapter",
    [
        Silent(),
        Answering(200, b"<html>"),
        Answering(200, b"[]"),
        *(Answering(status) for status in (500, 502, 503, 504)),
    ],
)
def test_a_lost_answer_leaves_links_unknown_until_they_are_made_again(app, marketer, desk, adapter):
    trouble(app, adapter)
    page = shorten(marketer)
    assert [one.state for one in kept(desk)] == ["unknown"]
    assert len(adapter.calls) == 1
    over(app, adapter)
    assert page.press("Create them again").h1 == "1 short link"


def test_links_whose_act_is_settled_as_not_done_are_made_again(app, marketer, desk):
    silent = trouble(app, Silent())
    page = shorten(marketer)
    over(app, silent)
    act = page.follow("Act 1")
    act.press("Settle it", outcome="failed", note="Nothing there")
    again = marketer.get(page.path)
    assert [one.state for one in kept(desk)] == ["failed"]
    assert "Settled by Marketer: Nothing there" in again.text
    assert again.press("Create them again").h1 == "1 short link"


@pytest.mark.parametrize("adapter", [Dead(), Answering(429), Answering(403)])
def test_when_nothing_was_changed_the_links_wait(app, marketer, desk, adapter):
    trouble(app, adapter)
    page = shorten(marketer)
    assert page.messages
    assert [one.state for one in kept(desk)] == ["waiting"]
    over(app, adapter)
    assert page.press("Continue").h1 == "1 short link"


def test_others_shorten_nothing(agent, viewer, marketer):
    page = shorten(marketer)
    for visitor in (agent, viewer):
        assert visitor.get(page.path).status == 200
        assert visitor.get("/links/shorten").status == 403
        assert visitor.post("/links/shorten-many", {"lines": PAGE}).status == 403
        assert visitor.post(page.path, {}).status == 403
        words = visitor.get("/links/").text
        assert "Shorten" not in words
        assert "Renew" not in words
