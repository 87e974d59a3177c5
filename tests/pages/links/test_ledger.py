"""The ledger of links: what each leads to and until when, renewing, QR codes, UTM templates."""

from datetime import timedelta

import pytest

from app.pages.links.tags import campaign_of, tagged, whole
from app.store import short_links
from app.store.base import now
from app.store.short_links import ShortLink
from app.web.qr_codes import draw
from tests.pages.links.test_shortening import PAGE, follow, kept, short, shorten, shorten_many
from tests.tab import inside


def age(desk, days):
    """Let all links be that much older."""
    with desk.writing() as db:
        for one in db.query(ShortLink):
            one.expires -= timedelta(days=days)


def keys(page):
    return [one["value"] for one in page.dom.select('input[name="link"]')]


def test_an_empty_ledger_says_what_will_stand_there(marketer, viewer):
    assert "Links that are shortened here appear" in marketer.get("/links/").text
    assert "No link has ended" in viewer.get("/links/over").text


def test_links_are_found_by_code_whole_link_or_campaign(marketer):
    link = short(shorten(marketer, campaign="spring-sale"))
    shorten(marketer, f"{PAGE}/other", code="other")
    assert len(marketer.get("/links/?code=other").rows()) == 1
    assert len(marketer.get(f"/links/?code=http://{link}").rows()) == 1
    assert len(marketer.get("/links/?campaign=spring-sale").rows()) == 1
    assert "Nothing matches" in marketer.get("/links/?code=nonsense").text
    assert marketer.get("/links/?code=%00&campaign=%00").status == 404


def test_living_links_stand_by_what_ends_first_and_the_others_apart(marketer, desk):
    shorten_many(marketer, f"{PAGE}/1 20\n{PAGE}/2 5\n{PAGE}/3 12")
    ending = marketer.get("/links/ending")
    assert ending.column("Leads to") == [f"{PAGE}/2", f"{PAGE}/3", f"{PAGE}/1"]
    assert ending.cell(f"{PAGE}/2", "State") == "Ends soon"
    age(desk, 6)
    assert marketer.get("/links/over").column("Leads to") == [f"{PAGE}/2"]
    assert len(marketer.get("/links/ending").rows()) == 2


def test_a_long_ledger_goes_page_by_page_and_no_link_is_lost(marketer, desk):
    shorten_many(marketer, "\n".join(f"{PAGE}/{number}" for number in range(120)))
    for path in ("/links/", "/links/ending"):
        page, seen = marketer.get(path), []
        while True:
            seen += page.column("Leads to")
            if not any("Older" in one.get_text() for one in page.dom.select(".pager a")):
                break
            page = page.follow("Older")
        assert len(seen) == len(set(seen)) == 120
    assert marketer.get("/links/ending?start=nonsense.x").status == 200


def test_a_page_of_links_reads_a_page_of_rows_whatever_the_size(desk):
    with desk.writing() as db:
        db.add_all(
            ShortLink(
                shop_id=1,
                batch_id=1,
                person="x",
                source=f"{PAGE}/{n}",
                digest="x",
                lifetime=9,
                short=f"x/{n}",
                code=f"c{n}",
                expires=now() + timedelta(days=9, seconds=n // 3),
            )
            for n in range(200)
        )
    with desk.reading() as db:
        found = short_links.by_end(db, 1, living=True, limit=50)
        following = short_links.by_end(db, 1, living=True, start=found.following, limit=500)
        assert len(found.rows) == 50
        assert {one.id for one in found.rows + following.rows} == set(range(1, 201))
        plan = db.connection().exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT * FROM short_links WHERE shop_id = 1 AND expires > '2020' ORDER BY expires, id"
        )
        assert "ix_short_links_ends" in str(plan.all())


def test_the_page_of_a_link_tells_what_its_code_led_to_before(marketer):
    shorten(marketer, code="spring")
    page = shorten(marketer, f"{PAGE}/new", code="spring")
    done = page.press("Create the links", **{"choice-1": page.dom.find("input", {"id": "choice-1-do"})["value"]})
    page = done.follow(short(done))
    assert f"{PAGE}/new" in page.text
    assert "The same code at other times" in page.text
    assert page.follow("Change the target").dom.find("input", {"name": "code"})["value"] == "spring"


def test_links_are_renewed_together_and_keep_their_codes(marketer, box, desk):
    shorten_many(marketer, f"{PAGE}/1 2\n{PAGE}/2 3")
    links = {one.code: one.expires for one in kept(desk)}
    page = marketer.get("/links/renew", query_string={"link": keys(marketer.get("/links/ending"))})
    done = page.press("Renew 2 links", lifetime="60")
    assert done.h1 == "2 short links"
    alive = [one for one in kept(desk) if one.is_alive]
    assert {one.code for one in alive} == set(links)
    assert all((one.expires - links[one.code]).days > 50 for one in alive)
    assert all(follow(box, code).startswith(PAGE) for code in links)


def test_a_link_that_is_over_can_be_renewed_too(marketer, box, desk):
    code = short(shorten(marketer)).rpartition("/")[2]
    age(desk, 40)
    page = marketer.get("/links/over")
    done = marketer.get("/links/renew", query_string={"link": keys(page)}).press("Renew the link")
    assert short(done).endswith(code)


def test_renewing_nothing_is_not_found(marketer):
    assert marketer.get("/links/renew").status == 404
    assert marketer.get("/links/renew?link=nonsense").status == 404
    assert marketer.post("/links/renew", {"link": "nonsense"}).status == 404


def test_a_qr_code_is_shown_and_downloaded_as_svg_and_png(viewer, marketer, desk):
    shorten(marketer)
    key = kept(desk)[0].key
    page = viewer.get(f"/links/{key}/qr?level=h&size=large")
    assert page.dom.select_one("svg.qr path")["d"]
    assert "pixels" in page.text
    svg = viewer.client.get(f"/links/{key}/qr.svg?level=h")
    assert svg.mimetype == "image/svg+xml"
    assert b"<svg" in svg.data
    png = viewer.client.get(f"/links/{key}/qr.png?size=huge")
    assert png.data.startswith(b"\x89PNG")
    for nonsense in ("qr?level=x&size=9", "qr.svg?level=", "qr.png?size=-1"):
        assert viewer.client.get(f"/links/{key}/{nonsense}").status_code == 200
    assert viewer.client.get(f"/links/{key}/qr.gif").status_code == 404


@pytest.mark.parametrize("level", ["l", "m", "q", "h"])
def test_the_drawn_symbol_is_the_one_a_file_would_hold(level):
    import segno  # noqa: PLC0415  # drawn a second time, by the library alone

    text = "https://r46.dev/x27FyAlR"
    modules = segno.make_qr(text, error=level, boost_error=False).matrix
    dark = {(x, y) for y, row in enumerate(modules) for x, module in enumerate(row) if module}
    drawn = set()
    for stroke in draw(text, level).path.split("M")[1:]:
        place, _h, width = stroke.partition("h")
        x, y = place.split()
        drawn |= {(int(x) - 4 + step, int(float(y)) - 4) for step in range(int(width))}
    assert drawn == dark


def test_a_sheet_holds_the_chosen_links_and_a_batch_goes_over_several(marketer, desk):
    page = shorten_many(marketer, "\n".join(f"{PAGE}/{number}" for number in range(30)))
    sheet = page.follow("Sheet of QR codes")
    assert len(sheet.dom.select(".sheet svg")) == 24
    assert len(sheet.follow("Next sheet").dom.select(".sheet svg")) == 6
    chosen = [one.key for one in kept(desk)[:3]]
    assert len(marketer.get("/links/sheet", query_string={"link": chosen}).dom.select(".sheet svg")) == 3
    assert "No link was chosen" in marketer.get("/links/sheet").text
    assert marketer.get("/links/sheet?batch=nonsense").status == 404


def test_templates_fill_in_tags_and_can_be_changed_and_deleted(marketer, box):
    page = marketer.get("/links/templates").press(
        "Keep the template", name="Newsletter", source="newsletter", medium="email", campaign="spring"
    )
    assert "utm_source=newsletter" in page.text
    form = page.follow("Shorten a link with Newsletter")
    assert form.dom.find("input", {"name": "medium"})["value"] == "email"
    made = form.press("Shorten the link", url=PAGE, campaign="own")
    assert follow(box, short(made)) == f"{PAGE}?utm_source=newsletter&utm_medium=email&utm_campaign=own"
    edit = page.follow("Newsletter")
    assert "utm_source=letter" in edit.press("Keep the template", source="letter").text
    assert "No templates yet" in edit.press("Delete the template").text


def test_a_template_of_a_name_is_kept_once_and_never_empty(marketer):
    page = marketer.get("/links/templates")
    page.press("Keep the template", name="Spring", source="x")
    assert page.press("Keep the template", name="Spring", source="y").status == 422
    assert page.press("Keep the template", name="Empty").status == 422
    assert page.press("Keep the template", name="x" * 121, source="y").status == 422
    assert marketer.get("/links/templates/nonsense").status == 404


def test_the_ledger_is_downloaded_as_csv_that_excel_reads(marketer):
    page = shorten(marketer, campaign="spring")
    csv = marketer.get("/links/?as=csv").html
    assert csv.startswith("\ufeff")
    assert "utm_campaign=spring" in csv
    assert PAGE in marketer.get(f"{page.path}/links.csv").html


def test_links_of_another_shop_are_not_shown(admin):
    page = shorten(admin)
    link = inside(page.link(short(page)))
    admin.post("/shops/switch", {"shop": "2"})
    for path in (page.path, link, f"{link}/qr", f"{link}/qr.png"):
        assert admin.get(path).status == 404
    assert admin.get("/links/").rows() == []


@pytest.mark.parametrize(
    ("url", "tags", "expected"),
    [
        ("https://x.example", {"source": "a b"}, "https://x.example?utm_source=a%20b"),
        ("https://x.example/?a=1&", {"source": "a"}, "https://x.example/?a=1&utm_source=a"),
        ("https://x.example/#top", {"source": "a"}, "https://x.example/?utm_source=a#top"),
        ("https://x.example/?UTM_Source=b", {"source": "a"}, "https://x.example/?UTM_Source=b"),
        ("https://x.example/?q=%D1%8F+%2B", {"medium": "a&b"}, "https://x.example/?q=%D1%8F+%2B&utm_medium=a%26b"),
        ("shop://product/1", {"source": "a"}, "shop://product/1"),
        ("https://x.example/", {}, "https://x.example/"),
        ("https://[broken", {"source": "a"}, "https://[broken?utm_source=a"),
    ],
)
def test_tags_change_nothing_else_of_a_url(url, tags, expected):
    assert tagged(url, tags) == expected


def test_what_a_url_is_missing_and_says():
    assert whole(" shop.example.com/sale ") == "https://shop.example.com/sale"
    assert whole("магазин.рф") == "https://магазин.рф"
    assert whole("nonsense") == "nonsense"
    assert whole("https://x.example") == "https://x.example"
    assert campaign_of("https://x.example/?utm_campaign=spring") == "spring"
    assert campaign_of("https://[broken") is None
