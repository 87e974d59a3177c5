"""Home: what a person sees first, and what Ctrl+K offers."""

from app.store import shops
from tests.adapters import Silent, trouble


def test_home_shows_the_state_of_rees46_and_what_runs_low(agent):
    page = agent.get("/").panel("state")
    assert "Answers" in page.text
    assert "Promo lists running low" in page.text


def test_home_counts_the_subscription_changes_by_day(agent):
    page = agent.get("/").panel("changes")
    assert "Changes a day" in page.text
    assert len(page.rows()) == 14


def test_a_panel_that_fails_says_so_and_the_page_stands(app, agent):
    trouble(app, Silent())
    page = agent.get("/")
    assert page.status == 200
    panel = page.panel("state")
    assert panel.status == 502
    assert "REES46 did not answer." in panel.text
    assert "Nothing was changed." in panel.text
    assert panel.link("Try again") == "/s/demo/state"


def test_a_panel_is_a_page_of_its_own_without_javascript(agent):
    assert agent.get("/state").h1 == "State of REES46"


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
