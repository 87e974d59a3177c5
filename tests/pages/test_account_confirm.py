"""What matters most asks again who is here after 15 minutes, and what was typed comes back."""

from datetime import timedelta

import pyotp
import pytest
import time_machine
from sqlalchemy import select, update

from app.store import second_factors
from app.store.base import now
from app.store.people import Person
from app.store.sessions import BrowserSession
from tests.conftest import PASSWORD, quick_password
from tests.page import Visitor

CONFIRM = "Confirm that it is you"
EXPORT = "/s/demo/links/?as=csv"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    quick_password(monkeypatch)


@pytest.fixture
def long_ago(desk):
    """Everybody showed who they are 16 minutes ago."""

    def long_ago():
        with desk.writing() as db:
            db.execute(update(BrowserSession).values(proven=now() - timedelta(minutes=16)))

    long_ago()
    return long_ago


def test_the_views_that_ask_again_are_these(app):
    asking = {name for name, view in app.view_functions.items() if getattr(view, "asks_again", False)}
    assert asking == {
        "account.add_passkey",
        "account.begin_second_factor",
        "account.remove_passkey",
        "approvals.approve",
        "budgets.index",
        "customers.erase",
        "customers.evidence",
        "customers.reveal",
        "exports.add",
        "people.add",
        "people.demand_second_factor",
        "people.edit",
        "people.new_password",
        "people.reset_second_factor",
        "shops.add",
        "shops.chat",
        "shops.edit",
        "shops.second_person",
    }


def test_a_page_asks_first_and_then_opens_for_15_minutes(admin, long_ago):
    page = admin.get("/people/add")
    assert page.h1 == CONFIRM
    assert page.press("Confirm", password="wrong").status == 422
    page = page.press("Confirm", password=PASSWORD)
    assert page.h1 == "Add a person"
    assert admin.get("/shops/add").h1 == "Add a shop"
    long_ago()
    assert admin.get("/shops/add").h1 == CONFIRM


def test_a_form_that_was_typed_comes_back_and_nothing_is_done_before(admin, desk, long_ago):
    data = {"csrf_token": admin.token(), "name": "Ольга", "email": "olga@desk46.test", "role": "viewer"}
    page = admin.post("/people/add", data)
    assert (page.status, page.h1) == (401, CONFIRM)
    page = page.press("Confirm", password="wrong").press("Confirm", password=PASSWORD)
    assert "Ольга" in page.text
    assert PASSWORD not in page.html
    with desk.reading() as db:
        assert db.scalar(select(Person).where(Person.name == "Ольга")) is None
    assert "Ольга" in page.press("Send it now").text


def test_a_button_alone_comes_back_too(admin, agent, desk, long_ago):
    with desk.reading() as db:
        number = db.scalar(select(Person.id).where(Person.role == "support"))
    page = admin.post(f"/people/{number}/password")
    assert page.h1 == CONFIRM
    page = page.press("Confirm", password=PASSWORD)
    assert agent.get("/").h1 != "Sign in"
    page.press("Send it now")
    assert agent.get("/").h1 == "Sign in"


def test_exports_ask_first_and_lead_to_the_file(marketer, long_ago):
    page = marketer.get(EXPORT)
    assert page.h1 == CONFIRM
    answer = page.press("Confirm", password=PASSWORD).answer
    assert answer.mimetype == "text/csv"


def test_who_has_a_second_factor_is_asked_for_a_code_and_not_for_the_password(admin, desk, settings, long_ago):
    with desk.writing() as db:
        number = db.scalar(select(Person.id).where(Person.role == "admin"))
        second_factors.begin(db, number, settings.key)
    with desk.writing() as db:
        factor = second_factors.to_confirm(db, number)
        totp = pyotp.TOTP(second_factors.secret_of(factor, settings.key))
        second_factors.confirm(db, factor, totp.now(), settings.key)
    page = admin.get("/people/add")
    assert page.press("Confirm", code=totp.now()).status == 422  # it confirmed the app
    with time_machine.travel(now() + timedelta(seconds=31)):
        assert page.press("Confirm", code=totp.now()).h1 == "Add a person"


def test_wrong_passwords_make_a_pause_here_too(admin, long_ago):
    page = admin.get("/people/add")
    assert [page.press("Confirm", password="wrong").status for _ in range(5)] == [422] * 5
    told = page.press("Confirm", password=PASSWORD)
    assert told.status == 429
    assert admin.get("/people/add").h1 == CONFIRM


def test_a_copy_of_the_cookie_is_worth_nothing_after_confirming(app, admin, long_ago):
    copy = Visitor(app.test_client())
    for cookie in admin.cookies():
        copy.client.set_cookie(cookie.key, cookie.value)
    assert copy.get("/account/").h1 == "Your account"
    admin.get("/people/add").press("Confirm", password=PASSWORD)
    assert copy.get("/account/").h1 == "Sign in"
    assert admin.get("/account/").h1 == "Your account"


def test_htmx_leaves_what_was_typed_and_says_where_to_confirm(admin, long_ago):
    asked = admin.htmx("/people/add", {"name": "Olga"})
    assert (asked.status, asked.answer.headers["HX-Retarget"]) == (403, "#messages")
    assert "/account/confirm" in asked.html


def test_who_may_not_is_refused_and_not_asked(agent, long_ago):
    assert agent.get("/people/add").status == 403


def test_confirming_leads_to_no_other_site(app, admin, long_ago):
    for target in ("https://evil.test/", "//evil.test/", "/\\evil.test"):
        page = admin.get("/account/confirm", query_string={"next": target})
        assert "evil" not in page.html


def test_with_an_old_token_the_form_is_still_held(admin, long_ago):
    data = {"csrf_token": admin.token(), "name": "Ольга", "email": "olga@desk46.test", "role": "viewer"}
    page = admin.post("/people/add", data)
    form = page.form("Confirm")[0]
    form.xpath(".//input[@name='csrf_token']")[0].set("value", "old")
    page = page.press("Confirm", password=PASSWORD)
    assert (page.status, PASSWORD in page.html) == (400, False)
    page = page.press("Send it now").press("Confirm", password=PASSWORD)
    assert "Ольга" in page.press("Send it now").text


def test_a_second_factor_that_is_demanded_can_be_set_up_also_long_after_signing_in(agent, desk, long_ago):
    with desk.writing() as db:
        second_factors.demand(db, ["support"])
    page = agent.get("/").press("Begin")
    assert page.h1 == CONFIRM
    page = page.press("Confirm", password=PASSWORD).press("Send it now")
    assert page.h1 == "Set up a second factor"
    assert page.form("Confirm")
