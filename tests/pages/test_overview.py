"""Finding one's way: a short menu for each role, all pages on one page, pins, and lists saved by name."""

import pytest

from app.store.people import Role
from app.web.page import Page
from tests.page import text_of

MOST = 12


def menu_of(page):
    return {text_of(link): link.get("href") for link in page.tree.cssselect(".side-link")}


@pytest.mark.parametrize("role", list(Role))
def test_the_menu_of_a_role_is_short_and_all_the_rest_is_one_click_away(app, someone, role):
    person = someone(role)
    menu = menu_of(person.get("/"))
    assert 0 < len(menu) <= MOST
    overview = {link.get("href") for link in person.get(menu["All pages"]).tree.cssselect("main .rows a")}
    pages = [page for page in app.blueprints.values() if isinstance(page, Page) and page.section]
    open_to_role = {page.name for page in pages if role == Role.ADMIN or role in page.sees}
    assert len(overview) == len(open_to_role)
    for name in open_to_role:
        assert any(url.endswith(f"/{name}/") or name == "home" for url in overview), name


@pytest.mark.parametrize(
    ("role", "there", "not_there"),
    [
        ("support", {"Communications", "Subscriptions", "Promo codes", "Jobs"}, {"Imports", "Administration"}),
        ("marketer", {"Imports", "Short links", "Messages"}, {"Communications", "Administration"}),
        ("viewer", {"Customers", "Request log"}, {"Jobs", "Administration"}),
        ("admin", {"Administration", "Audit trail", "Jobs"}, {"People", "Shops", "Schedules"}),
    ],
)
def test_a_menu_holds_what_the_role_comes_for(someone, role, there, not_there):
    menu = set(menu_of(someone(role).get("/")))
    assert there <= menu
    assert not not_there & menu


def test_every_page_of_a_section_says_a_section_that_there_is(app):
    sections = {"desk", "customers", "catalogue", "marketing", "records", "settings", None}
    assert {page.section for page in app.blueprints.values() if isinstance(page, Page)} <= sections


def test_administration_is_an_area_with_a_menu_of_its_own_and_a_way_back(admin):
    page = admin.get("/people/")
    menu = menu_of(page)
    assert {"People", "Shops", "Schedules", "Emergency brake"} <= menu.keys()
    assert "Customers" not in menu
    assert len(menu) <= MOST
    assert menu["Back to the desk"] == "/s/demo/"


def test_a_page_is_pinned_to_the_menu_and_taken_off_again(agent):
    page = agent.get("/pages/").press("Pin “Request log” to the menu")
    assert list(menu_of(page))[1] == "Request log"
    assert list(menu_of(agent.get("/segments/")))[1] == "Request log"
    assert "Request log" not in menu_of(page.press("Unpin “Request log”"))


def test_there_are_only_as_many_pins_as_the_menu_has_room_for(admin):
    names = ("reference", "requests", "people", "shops", "schedules")
    for name in names:
        admin.post("/pages/pins", {"pin": name})
    page = admin.post("/pages/pins", {"pin": "brakes"})
    assert "The menu has room for 5 pins." in page.messages
    assert len(menu_of(page)) <= MOST + len(names)


@pytest.mark.parametrize("name", ["", "nothing", "people", "7", "<b>", "Segments"])
def test_nothing_is_pinned_that_is_no_page_of_this_person(agent, name):
    assert agent.post("/pages/pins", {"pin": name}).status == 404


def saved(person, title="Refused acts", **more):
    page = person.get("/trail/?outcome=refused&person=&before=7")
    return person.get(page.link("Save this list")).press("Save the list", title=title, **more)


def test_a_filtered_list_is_saved_by_name_and_opened_again(agent):
    page = saved(agent)
    assert page.path == "/trail/"
    assert page.answer.request.query_string == b"outcome=refused"
    assert agent.get("/trail/").link("Refused acts") == "/s/demo/trail/?outcome=refused"
    assert "Refused acts" in agent.htmx("/palette").text
    agent.get("/pages/").press("Pin “Refused acts” to the menu")
    assert menu_of(agent.get("/segments/"))["Refused acts"] == "/s/demo/trail/?outcome=refused"


def test_a_saved_list_is_ones_own_until_it_is_shared(agent, viewer, marketer, admin):
    saved(agent)
    assert "Refused acts" not in viewer.get("/trail/").text
    agent.get("/pages/").press("Share")
    assert viewer.get("/trail/").link("Refused acts")
    assert "Keep to yourself" not in viewer.get("/pages/").text
    admin.get("/pages/").press("Delete")
    assert "Refused acts" not in agent.get("/pages/").text


def test_what_others_saved_is_theirs_to_change(agent, viewer):
    saved(agent, shared="y")
    saved(agent, title="Mine alone")
    keys = [form.get("action") for form in agent.get("/pages/").tree.cssselect("form[action$=delete]")]
    assert sorted(viewer.post(url).status for url in keys) == [403, 404]


@pytest.mark.parametrize(
    ("of", "query"),
    [
        ("trail.index", ""),
        ("trail.index", "before=7&outcome="),
        ("people.index", "a=b"),
        ("trail.show", "a=b"),
        ("nothing", "a=b"),
        ("", "a=b"),
        ("static", "filename=x"),
        ("trail.index", "a=" + "b" * 1000),
    ],
)
def test_only_a_narrowed_list_of_this_shop_can_be_saved(agent, of, query):
    page = agent.post("/pages/save", {"of": of, "query": query, "title": "A list"})
    assert page.status == 422


def test_a_list_needs_a_name(agent):
    page = agent.post("/pages/save", {"of": "trail.index", "query": "outcome=done", "title": "  "})
    assert page.status == 422
    assert "This is needed." in " ".join(page.errors)


def test_a_saved_list_stays_in_its_shop(agent):
    saved(agent)
    assert "Refused acts" not in agent.get("/s/second/trail/").text
