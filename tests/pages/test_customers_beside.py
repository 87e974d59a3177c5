"""Two at one customer: who else has the page open, what was done meanwhile, and what is asked first."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from app.store.acts import Act
from app.store.base import now
from app.store.customers import Visit

ANNA = "anna.kowalska@example.com"
OPEN = "uma.unsubscribed@example.com"


@pytest.fixture
def page(agent):
    return agent.post("/customers/find", {"who": ANNA})


def beside(visitor, page, shown=""):
    """What the open page asks every 15 seconds."""
    url = page.tree.get_element_by_id("beside").get("hx-get")
    return visitor.htmx(f"{url}&shown={shown}", target="div#beside")


def test_a_colleague_who_has_it_open_is_named_until_they_leave(agent, admin, page, desk):
    assert beside(agent, page).status == 204
    admin.get(page.path)
    told = beside(agent, page)
    assert "Admin has this open." in told.text
    shown = told.tree.cssselect("input[name=shown]")[0].get("value")
    assert beside(agent, page, shown).status == 204
    with desk.writing() as db:
        db.execute(update(Visit).values(at=now() - timedelta(seconds=50)))
    assert "Admin" not in beside(agent, page, shown).text
    assert "Support has this open." in beside(admin, page).text  # the page that asked is still looked at


def test_what_a_colleague_did_meanwhile_is_said_and_what_one_did_oneself_is_not(agent, admin, page):
    admin.get(page.path).press("Log it", comment="He called")
    told = beside(agent, page).text
    assert "Admin , just now : Logged a communication" in told
    assert "Logged" not in beside(admin, page).text


def test_a_second_code_within_ten_minutes_is_asked_for_first(agent, admin, page, desk):
    path = page.link("Hand out a code Code")
    admin.get(path).press("Hand out the code", list="3184", reason="Late")
    asked = agent.get(path).press("Hand out the code", list="3185", reason="Late")
    assert asked.status == 422
    assert "Admin, just now: Handed out a promo code. Tick this to do it once more." in asked.text
    with desk.writing() as db:
        db.execute(update(Act).values(at=now() - timedelta(minutes=11)))
    assert asked.press("Hand out the code").status == 200


def test_a_contact_that_a_colleague_logged_a_moment_ago_is_asked_about(agent, admin, page):
    admin.get(page.path).press("Log it", comment="He called")
    asked = page.press("Log it", comment="He called")
    assert asked.status == 422
    assert "Tick this to do it once more" in asked.text
    assert asked.press("Log it", again="y").status == 200


def test_an_open_contact_is_taken_by_one_person_on_the_page_of_the_customer(agent, admin, page):
    agent.get(page.path).press("Log it", comment="Asks for a refund", status="open")
    page, other = agent.get(page.path), admin.get(page.path)
    assert "It is yours to answer." in page.press("Take it").messages
    assert "Support took it before." in other.press("Take it").messages
    assert "Support answers it." in admin.get(page.path).text
