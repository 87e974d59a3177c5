"""What somebody typed comes back after single sign-on, as it does after a password."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pyotp
import pytest
import requests
import time_machine
from sqlalchemy import delete, func, select, update

from app.store import people, second_factors, waiting_forms
from app.store.base import now
from app.store.promo_handouts import PromoHandout
from app.store.sessions import BrowserSession
from app.store.waiting_forms import WaitingForm
from tests.furnishing import quick_password
from tests.page import Visitor
from tests.pages.test_retention import run

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the provider's own, in its thread
REASON = "They called at noon"


@pytest.fixture(scope="module")
def provider():
    told = {"email_verified": True, "name": "Somebody", "groups": []}
    users = [
        oidc_provider_mock.User(sub=name, claims=told | {"email": f"{name}@desk46.test"})
        for name in ("support", "admin", "stranger")
    ]
    with oidc_provider_mock.run_server_in_thread(user_claims=users) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture(autouse=True)
def offered(app, settings, provider, monkeypatch):
    quick_password(monkeypatch)
    how = {"oidc_issuer": provider, "oidc_client_id": "desk46", "oidc_client_secret": "x"}
    app.extensions["settings"] = settings.model_copy(update=how)


def by_provider(page, sub):
    """Follow the link to the provider, say who one is, and come back."""
    (link,) = page.tree.cssselect("main a[href^='/account/sso']")
    begun = page.visitor.client.get(link.get("href")).location
    back = requests.post(begun, data={"sub": sub}, allow_redirects=False, timeout=10).headers["Location"]
    parts = urlsplit(back)
    return page.visitor.get(f"{parts.path}?{parts.query}")


def signed_out(desk):
    with desk.writing() as db:
        db.execute(delete(BrowserSession))


@pytest.fixture
def held(app, desk):
    """The sign-in page of a support person who was signed out in the middle of a form."""
    visitor = by_provider(Visitor(app.test_client()).get("/account/sign-in"), "support").visitor
    page = visitor.get("/promo_codes/hand-out")
    signed_out(desk)
    page = page.press("Hand out the code", who="anna.kowalska@example.com", list="3184", reason=REASON)
    assert page.status == 401
    return page.press("Sign in")


def handed_out(desk):
    with desk.reading() as db:
        return list(db.scalars(select(PromoHandout.reason)))


def waiting(desk):
    with desk.reading() as db:
        return db.scalar(select(func.count()).select_from(WaitingForm))


def test_a_form_comes_back_after_single_sign_on(held, desk):
    assert REASON not in held.tree.cssselect("main a[href^='/account/sso']")[0].get("href")
    page = by_provider(held, "support")
    assert "You are signed in again" in page.text
    assert handed_out(desk) == []
    page.press("Send it now")
    assert handed_out(desk) == [REASON]
    assert waiting(desk) == 0


def test_it_also_comes_back_after_a_second_factor(held, desk, settings):
    with desk.writing() as db:
        number = people.by_email(db, "support@desk46.test").id
        second_factors.begin(db, number, settings.key)
    with desk.writing() as db:
        factor = second_factors.to_confirm(db, number)
        totp = pyotp.TOTP(second_factors.secret_of(factor, settings.key))
        second_factors.confirm(db, factor, totp.now(), settings.key)
    page = by_provider(held, "support")
    assert page.h1 == "Second step"
    with time_machine.travel(now() + timedelta(seconds=40)):
        page = page.press("Sign in", code=totp.now()).press("Send it now")
    assert handed_out(desk) == [REASON]


def test_it_waits_on_while_somebody_is_not_let_in(held, desk):
    page = by_provider(held, "stranger")
    assert "not here" in page.messages
    by_provider(page, "support").press("Send it now")
    assert handed_out(desk) == [REASON]


def test_a_password_still_brings_it_back(held, desk):
    held.press("Sign in", email="support@desk46.test", password="a good long password").press("Send it now")
    assert handed_out(desk) == [REASON]


def test_it_is_of_its_browser_encrypted_and_over_after_an_hour(app, held, desk):
    with desk.reading() as db:
        (form,) = db.scalars(select(WaitingForm))
    assert REASON not in form.locked
    query = parse_qs(urlsplit(held.tree.cssselect("main a[href^='/account/sso']")[0].get("href")).query)
    assert query["form"] == [form.key]
    other = Visitor(app.test_client()).get("/account/sign-in")
    (link,) = other.tree.cssselect("main a[href^='/account/sso']")
    link.set("href", f"{link.get('href')}&form={form.key}")
    assert REASON not in by_provider(other, "support").html
    with desk.writing() as db:
        db.execute(update(WaitingForm).values(expires=now() - timedelta(seconds=1)))
    assert REASON not in by_provider(held, "support").html
    run("account.forget_sessions", app)
    assert waiting(desk) == 0


def test_what_is_too_long_is_said_to_be_lost_on_this_way(app, desk, monkeypatch, held):
    monkeypatch.setattr(waiting_forms, "LONGEST", 10)
    page = Visitor(app.test_client()).post("/s/demo/promo_codes/hand-out", {"reason": REASON}).press("Sign in")
    assert "too long to go along" in page.text
    assert "form=" not in page.tree.cssselect("main a[href^='/account/sso']")[0].get("href")
    assert "too long to go along" not in held.text


def test_strangers_who_bring_many_fill_no_disk(app, desk, monkeypatch):
    monkeypatch.setattr(waiting_forms, "MOST", 3)
    for number in range(5):
        Visitor(app.test_client()).post("/s/demo/promo_codes/hand-out", {"reason": f"x{number}"}).press("Sign in")
    assert waiting(desk) == 3


def test_a_form_comes_back_after_confirming_by_single_sign_on(app, desk):
    visitor = by_provider(Visitor(app.test_client()).get("/account/sign-in"), "admin").visitor
    with desk.writing() as db:
        db.execute(update(BrowserSession).values(proven=now() - timedelta(minutes=16)))
    data = {"name": "Ольга", "email": "olga@desk46.test", "role": "viewer", "csrf_token": visitor.token()}
    page = visitor.post("/people/add", data)
    assert page.h1 == "Confirm that it is you"
    page = by_provider(page, "support")
    assert ("somebody else" in page.messages, page.h1) == (True, "Confirm that it is you")
    page = by_provider(page, "admin")
    assert "It is you" in page.text
    assert "Ольга" in page.press("Send it now").text


def test_a_button_without_fields_is_not_opened_as_an_address(app, desk):
    visitor = by_provider(Visitor(app.test_client()).get("/account/sign-in"), "admin").visitor
    with desk.writing() as db:
        db.execute(update(BrowserSession).values(proven=now() - timedelta(minutes=16)))
    page = by_provider(visitor.post("/account/second-factor/begin", {"csrf_token": visitor.token()}), "admin")
    assert page.press("Send it now").h1 == "Set up a second factor"
