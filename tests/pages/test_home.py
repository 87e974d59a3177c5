"""Home: what each role sees first, and what Ctrl+K offers."""

from datetime import timedelta

import pytest

from app.pages.home.stories import STORIES
from app.store import communications, customers, shops
from tests.adapters import Silent, trouble


def titles(page):
    return [heading.text_content().split("\n")[0].strip() for heading in page.tree.cssselect("main h2")]


@pytest.mark.parametrize(
    ("role", "there", "not_there"),
    [
        ("support", {"Open communications", "Recent customers", "My last acts"}, {"Jobs", "Lists running low"}),
        ("marketer", {"Jobs", "Lists running low", "Links ending this week"}, {"Open communications"}),
        ("admin", {"Open communications", "Jobs", "Recent customers"}, set()),
        ("viewer", {"Recent customers", "Subscription changes"}, {"Jobs", "My last acts"}),
    ],
)
def test_home_belongs_to_a_role(someone, role, there, not_there):
    page = someone(role).get("/")
    shown = {title.rstrip(" 0") for title in titles(page)}
    assert there <= shown
    assert not not_there & shown


@pytest.mark.parametrize("contact", ["ella.email@example.com", "79990000001"])
def test_a_recent_customer_has_one_way_to_be_reached(agent, contact):
    agent.post("/s/demo/customers/find", {"who": contact})
    home = agent.get("/s/demo/")
    assert home.status == 200
    assert "Recent customers" in titles(home)


@pytest.mark.parametrize("role", ["support", "marketer", "admin", "viewer"])
def test_there_is_one_search_box(someone, role):
    assert len(someone(role).get("/").tree.cssselect("[role=search]")) == 1


def test_lists_that_run_low_stand_against_their_level_the_worst_first(marketer):
    page = marketer.get("/").panel("promo-codes-running-low")
    amounts = [row[-1] for row in page.rows()]
    assert amounts
    assert all("of 100" in amount for amount in amounts)
    left = [int(amount.split()[0]) for amount in amounts]
    assert left == sorted(left)
    assert "warned below 100" in page.html


def test_what_is_left_in_lists_is_asked_for_once_and_its_moment_is_said(app, marketer, monkeypatch):
    first = marketer.get("/").panel("promo-codes-running-low")
    assert "Counted: just now" in first.text
    trouble(app, Silent())
    again = marketer.get("/").panel("promo-codes-running-low")
    assert (again.status, again.rows()) == (200, first.rows())
    monkeypatch.setattr("app.pages.promo_codes.stock.FRESH", timedelta())
    assert marketer.get("/").panel("promo-codes-running-low").status == 502


def test_home_counts_the_subscription_changes_by_day(marketer):
    page = marketer.get("/").panel("home-changes")
    assert "Changes a day" in page.text
    assert len(page.rows()) == 14


def test_a_block_that_fails_says_so_and_the_page_stands(app, marketer):
    trouble(app, Silent())
    page = marketer.get("/")
    assert page.status == 200
    block = page.panel("promo-codes-running-low")
    assert block.status == 502
    assert "REES46 did not answer." in block.text
    assert block.link("Try again") == "/s/demo/blocks/promo-codes-running-low"
    assert "REES46 did not answer the last call" in marketer.get("/").text
    assert "1 call of the last hour failed" in marketer.get("/").text


def test_a_block_is_a_page_of_its_own_without_javascript(marketer):
    assert marketer.get("/blocks/promo-codes-running-low").h1 == "Lists running low"


@pytest.mark.parametrize("name", ["nothing", "jobs-open-jobs", "home-drafts"])
def test_a_block_that_is_none_of_its_own_is_not_found(agent, name):
    assert agent.get(f"/blocks/{name}").status == 404


def test_home_says_how_rees46_answered_without_asking_it(agent):
    agent.post("/customers/find", {"who": "anna.kowalska@example.com"})
    page = agent.get("/")
    assert "REES46 answered in" in page.text
    assert "No call failed in the last hour" in page.text


def test_recent_customers_stand_with_all_their_contacts(agent):
    agent.post("/customers/find", {"who": "anna.kowalska@example.com"})
    words = agent.get("/").text
    assert "Anna Kowalska anna.kowalska@example.com · +44 7700 900101" in words


@pytest.mark.parametrize("story", [story for story in STORIES if "olaf" not in story.typed], ids=lambda one: one.typed)
def test_each_story_leads_to_a_customer_by_one_click(agent, story):
    typed = [field.get("value") for field in agent.get("/").tree.cssselect(".stories [name=who]")]
    assert story.typed in typed
    found = agent.post("/customers/find", {"who": story.typed})
    assert found.status == 200
    assert found.h1 != "Nobody found"


def test_a_shop_that_is_no_demo_has_no_stories(agent):
    assert "Customers to begin with" not in agent.get("/s/second/").text


def opened(agent, desk, who="anna.kowalska@example.com"):
    """Let the desk see the communications of a customer; give their key and what is open."""
    page = agent.post("/customers/find", {"who": who})
    key = page.path.split("/")[-1]
    agent.get(f"/communications/of/{key}")
    with desk.reading() as db:
        customer = customers.by_key(db, key)
        rows = db.scalars(communications.wanted(1).where(communications.Communication.customer_id == customer.id))
        return key, [row.number for row in rows if row.is_open]


def test_open_communications_wait_in_an_inbox_and_one_person_takes_each(agent, admin, desk):
    key, numbers = opened(agent, desk)
    assert numbers
    assert f"Open communications {len(numbers)}" in agent.get("/").text
    page = agent.get(f"/communications/of/{key}/{numbers[0]}").press("Take it")
    assert "It is yours to answer." in page.messages
    assert "Mine 1" in agent.get("/").text
    assert "Mine 0" in admin.get("/").text
    taken = admin.post(f"/communications/of/{key}/{numbers[0]}/take", {"do": "take"})
    assert "took it before" in taken.messages
    assert "Give it back" not in taken.text
    assert "nobody's now" in agent.get(f"/communications/of/{key}/{numbers[0]}").press("Give it back").messages
    assert "Mine 0" in agent.get("/").text


def test_nothing_is_taken_that_is_not_there(agent, viewer, desk):
    key, numbers = opened(agent, desk)
    assert agent.post(f"/communications/of/{key}/nothing/take").status == 404
    assert viewer.post(f"/communications/of/{key}/{numbers[0]}/take").status == 403


def test_the_palette_offers_what_the_role_may_do(admin, viewer):
    offered = [one.get_text(strip=True) for one in admin.htmx("/palette").dom.find_all("a")]
    assert "Add a person" in offered
    assert "Audit trail" in offered
    offered = [one.get_text(strip=True) for one in viewer.htmx("/palette").dom.find_all("a")]
    assert "Add a person" not in offered
    assert "People" not in offered


def test_a_desk_without_a_shop_says_what_to_do(desk, admin, viewer):
    with desk.writing() as db:
        for shop in shops.in_use(db):
            shop.active = False
    assert admin.get("/").link("Add a shop") == "/shops/add"
    assert "There is no shop yet" in viewer.get("/").text
    assert viewer.get("/s/demo/requests/").status == 404
    for page in ("/account/", "/people/", "/shops/", "/reference/"):
        assert admin.get(page).status == 200
