"""The guides: in both languages, a part for each page, and the way from each page to its part."""

import pytest

from app.pages.help.guides import PICTURES, ROLES, guide
from app.web.page import Page

ELSEWHERE = {"overview", "styleguide", "start", "health", "account", "help"}  # what explains itself


@pytest.mark.parametrize("language", ["en", "ru"])
def test_each_page_of_the_menus_has_one_part_in_each_language(app, language):
    pages = {page.name: page for page in app.blueprints.values() if isinstance(page, Page) and page.section}
    parts = [part for role in ROLES for part in guide(role, language).parts]
    assert len(parts) == len(set(parts))
    assert set(parts) <= pages.keys()
    assert {name for name, page in pages.items() if page.menu_of} - ELSEWHERE <= set(parts)


def test_both_languages_have_the_same_parts_in_the_same_order():
    assert [guide(role, "en").parts for role in ROLES] == [guide(role, "ru").parts for role in ROLES]


def test_a_page_leads_to_its_part_and_the_part_to_the_page(marketer):
    page = marketer.get("/orders/")
    link = page.link("Help on this page")
    assert link.endswith("/help/support#of-orders")
    part = marketer.get(link)
    assert part.h1 == "Support"
    assert part.tree.get_element_by_id("of-orders") is not None
    assert part.follow("Orders", within="#main").h1 == "Orders"


def test_who_may_not_open_a_page_reads_of_it_without_a_link(viewer, admin):
    def links(visitor):
        return {link.get("href") for link in visitor.get("/help/administrator").tree.cssselect("h2 a")}

    assert "/people/" not in links(viewer)
    assert "/people/" in links(admin)


def test_each_guide_is_listed_and_opens_in_both_languages(viewer):
    assert viewer.get("/help/").follow("Campaigns").h1 == "Campaigns"
    assert [viewer.get(f"/help/{role}").status for role in ROLES] == [200] * len(ROLES)
    viewer.client.set_cookie("language", "ru")
    assert viewer.get("/help/campaign").h1 == "Кампании"
    assert [viewer.get(f"/help/{role}").status for role in ROLES] == [200] * len(ROLES)


def test_a_picture_that_nobody_made_is_left_out(viewer, monkeypatch, tmp_path):
    monkeypatch.setattr("app.pages.help.guides.PICTURES", tmp_path)
    monkeypatch.setattr("app.pages.help.views.PICTURES", tmp_path)
    assert viewer.get("/help/support").tree.find(".//main//img") is None
    (tmp_path / "customer-en.png").write_bytes(b"png")
    image = viewer.get("/help/support").tree.find(".//main//img")
    assert image.get("alt") == "The page of a customer"
    with viewer.client.get(image.get("src")) as answer:
        assert answer.status_code == 200
    assert viewer.get("/help/pictures/desk.db").status == 404
    assert PICTURES.parts[-3:] == ("docs", "guide", "pictures")
