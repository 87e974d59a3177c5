"""Signing in as a browser does it: by a passkey of a virtual authenticator, and at an OpenID provider."""

import re
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import oidc_provider_mock
import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from app.store import people
from app.store.base import now
from app.store.sessions import BrowserSession
from tests.browser.conftest import WIDE
from tests.browser.look import Watched
from tests.furnishing import PASSWORD, quick_password

KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
PASSKEY, MARIA = "passkey@desk46.test", "maria@desk46.test"


@contextmanager
def at(live, **changed):
    """Let the desk be at http://localhost, where browsers make passkeys; gives its address."""
    url = f"http://localhost:{urlsplit(live.url).port}"
    kept = live.app.extensions["settings"]
    live.app.extensions["settings"] = kept.model_copy(update={"public_url": url} | changed)
    yield url
    live.app.extensions["settings"] = kept


@pytest.fixture
def window(chromium):
    """A new browser; it watches for what no page may do."""
    context = chromium.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.watched = Watched(page)
    yield page
    context.close()


def type_password(page, url):
    page.goto(f"{url}/account/sign-in")
    page.fill("#email", PASSKEY)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")


def test_a_passkey_is_made_signs_in_and_confirms(live, window, monkeypatch):
    quick_password(monkeypatch)
    with live.app.extensions["desk"].writing() as db:
        people.add(db, email=PASSKEY, name="Petra", role="admin", password=PASSWORD)
    devtools = window.context.new_cdp_session(window)
    devtools.send("WebAuthn.enable")
    device = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]
    with at(live) as url:
        type_password(window, url)
        window.wait_for_selector("nav.side", state="attached")
        window.goto(f"{url}/account/second-factor")
        window.get_by_role("link", name="Add a passkey").click()
        expect(window.get_by_text("This needs script")).to_be_hidden()
        window.get_by_label("Name").fill("Laptop")
        window.get_by_role("button", name="Add the passkey").click()
        expect(window.get_by_role("heading", name="Recovery codes")).to_be_visible()
        window.context.clear_cookies()
        type_password(window, url)
        devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
        window.get_by_role("button", name="Sign in by a passkey").click()
        expect(window.get_by_role("alert")).to_contain_text("The browser gave no passkey")
        devtools.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})
        window.get_by_role("button", name="Sign in by a passkey").click()
        window.wait_for_selector("nav.side", state="attached")
        with live.app.extensions["desk"].writing() as db:
            db.execute(update(BrowserSession).values(proven=now() - timedelta(minutes=16)))
        window.goto(f"{url}/people/add")
        window.get_by_role("button", name="Confirm by a passkey").click()
        expect(window.get_by_role("heading", name="Add a person")).to_be_visible()
    assert window.watched.barriers() == []


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the provider's own, in its thread
def test_somebody_signs_in_at_the_provider_and_gets_the_role_of_their_groups(live, window):
    claims = {"email": MARIA, "email_verified": True, "name": "Maria", "groups": ["helpdesk"]}
    users = [oidc_provider_mock.User(sub="maria", claims=claims)]
    with oidc_provider_mock.run_server_in_thread(user_claims=users) as server:
        provider = f"http://localhost:{server.server_port}"
        given = {"oidc_issuer": provider, "oidc_client_id": "desk46", "oidc_client_secret": "x"}
        with at(live, **given, oidc_groups="helpdesk=support") as url:
            window.goto(f"{url}/account/")
            window.get_by_role("link", name="Single sign-on").click()
            window.wait_for_url(re.compile(f"^{provider}/"))
            window.locator("input[name=sub]").fill("maria")
            window.locator("input[name=sub]").press("Enter")
            expect(window.get_by_role("heading", name="Your account")).to_be_visible()
            window.goto(f"{url}/people/")
            expect(window.get_by_role("heading", level=1)).not_to_have_text("People")
    with live.app.extensions["desk"].reading() as db:
        maria = people.by_email(db, MARIA)
    assert (maria.name, maria.role) == ("Maria", "support")
