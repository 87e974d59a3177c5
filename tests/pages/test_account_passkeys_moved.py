"""Passkeys of a former address of the desk: no browser offers them, so they are no factor, and come back with it."""

import pytest
from sqlalchemy import update

from app.store.base import now
from app.store.sessions import BrowserSession
from tests.authenticator import options_on
from tests.furnishing import quick_password
from tests.pages.test_account_passkeys import FACTORS, add, is_in, send, with_password


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    quick_password(monkeypatch)


@pytest.fixture
def key(agent):
    authenticator, _page = add(agent)
    return authenticator


def move(app, settings, desk, url):
    """Give the desk another address, as a restart does: nothing is remembered."""
    app.extensions["settings"] = settings.model_copy(update={"public_url": url})
    with desk.writing() as db:
        db.execute(update(BrowserSession).values(seen=now()))


def test_a_passkey_of_a_former_address_meets_no_demand_and_is_in_use_no_longer(app, admin, agent, settings, key, desk):
    """What cannot be used is no factor, be it that the host name is another one or that there is no https any more."""
    admin.get("/people/").press("Save", within="#demand", roles=["support"])
    assert agent.get("/trail/").h1 == "Audit trail"
    for url in ("https://desk.example.com", "http://desk.example.com"):
        move(app, settings, desk, url)
        page = agent.get("/trail/")
        assert page.h1 == "Second factor"
        assert "Your role has to have one" in page.text
        assert admin.get("/people/").cell("Support", "Second factor") != "in use"
    page = admin.get("/people/").follow("Support")
    assert "Reset the second factor" in page.text
    page = agent.get(FACTORS).follow("Stick").press("Remove the passkey")
    assert "is removed" in page.messages
    assert page.h1 == "Set up a second factor"


def test_a_passkey_counts_again_at_its_own_address(app, agent, settings, key, desk):
    move(app, settings, desk, "https://desk.example.com")
    assert "in use" not in agent.get("/account/").tree.cssselect("#second-factor")[0].text_content()
    move(app, settings, desk, "http://localhost")
    assert "in use" in agent.get("/account/").tree.cssselect("#second-factor")[0].text_content()
    step = with_password(app)
    assert is_in(send(step, key.answer(options_on(step))))


def test_moving_the_desk_opens_no_account_to_a_password_alone(app, agent, settings, desk):
    _authenticator, page = add(agent)
    code = page.tree.cssselect("main pre")[0].text_content().split()[0]
    move(app, settings, desk, "https://desk.example.com")
    step = with_password(app)
    assert step.h1 == "Second step"
    assert not is_in(step)
    step = step.visitor.get("/account/second-step").press("Sign in", code=code)
    assert is_in(step)
    assert step.visitor.get(FACTORS).h1 == "Second factor"
