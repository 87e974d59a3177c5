"""Single sign-on by OpenID Connect, against a provider that serves discovery, tokens and keys for real."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import oidc_provider_mock
import pyotp
import pytest
import requests
from sqlalchemy import update

from app.config import Settings
from app.store import people, second_factors
from app.store.acts import Act
from app.store.base import now
from app.store.sessions import BrowserSession
from tests.furnishing import PASSWORD, quick_password
from tests.page import Visitor

OLGA = "olga@desk46.test"
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # the provider's own, in its thread


@pytest.fixture(scope="module")
def provider():
    """A provider with people in it; gives its address."""
    told = {"email": OLGA, "email_verified": True, "name": "Olga", "groups": ["helpdesk", "all"]}
    everybody = {
        "olga": told,
        "unverified": told | {"email": "support@desk46.test", "email_verified": False},
        "support": told | {"email": "support@desk46.test"},
        "second": told | {"email": "support@desk46.test"},
        "viewer": told | {"email": "viewer@desk46.test", "groups": ["desk-admins"]},
        "nobody": told | {"email": "nobody@desk46.test", "groups": ["all"]},
        "admin": told | {"email": "admin@desk46.test", "groups": ["helpdesk"]},
        "x" * 250: told | {"email": "viewer@desk46.test"},
    }
    users = [oidc_provider_mock.User(sub=sub, claims=claims) for sub, claims in everybody.items()]
    with oidc_provider_mock.run_server_in_thread(user_claims=users) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def sso(app, settings, provider, monkeypatch):
    """Sign in by single sign-on: sso("olga"); other settings come with their names."""
    quick_password(monkeypatch)
    usual = {"oidc_issuer": provider, "oidc_client_id": "desk46", "oidc_client_secret": "x"}

    def set_up(**more):
        app.extensions["settings"] = settings.model_copy(update=usual | more)

    def sign_in(sub, visitor=None, query="next=/s/demo/trail/", **more):
        set_up(**more)
        visitor = visitor or Visitor(app.test_client())
        begun = visitor.client.get(f"/account/sso?{query}").location
        back = requests.post(begun, data={"sub": sub}, allow_redirects=False, timeout=10).headers["Location"]
        parts = urlsplit(back)
        return visitor.get(f"{parts.path}?{parts.query}")

    sign_in.set_up = set_up
    return sign_in


def test_the_provider_is_asked_with_state_nonce_and_pkce(app, sso):
    sso.set_up()
    page = Visitor(app.test_client()).get("/account/sign-in")
    assert page.tree.cssselect("a[href^='/account/sso']")
    asked = parse_qs(urlsplit(page.visitor.client.get("/account/sso").location).query)
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == ["http://localhost/account/sso/back"]


def test_who_comes_first_gets_an_account_with_the_role_of_their_groups(sso, desk):
    page = sso("olga", query="next=/account/", oidc_groups="desk-admins=admin,helpdesk=support")
    assert page.status == 200
    with desk.reading() as db:
        olga = people.by_email(db, OLGA)
    assert (olga.name, olga.role, olga.shop_roles) == ("Olga", "support", {})
    assert page.visitor.get("/account/").h1 == "Your account"


def test_without_groups_only_people_who_were_added_are_let_in(sso):
    page = sso("olga")
    assert "not here" in page.messages
    assert page.visitor.get("/account/").h1 == "Sign in"


def test_who_is_in_no_group_is_not_let_in_and_it_stands_in_the_trail(sso, desk):
    assert "Ask an administrator" in sso("nobody", oidc_groups="helpdesk=support").messages
    with desk.reading() as db:
        assert [act.asked["why"] for act in db.query(Act).filter_by(what="account.SignInFailed")] == ["unknown"]


def test_an_account_is_tied_by_a_verified_address_once(sso, desk):
    assert sso("unverified").visitor.get("/account/").h1 == "Sign in"
    assert sso("support").h1 == "Audit trail"
    assert "another account" in sso("second").messages
    with desk.reading() as db:
        assert people.by_email(db, "support@desk46.test").subject.endswith(" support")


def test_groups_change_the_role_and_the_last_administrator_stays_one(sso, desk):
    sso("admin", oidc_groups="helpdesk=support")
    with desk.reading() as db:
        assert people.by_email(db, "admin@desk46.test").role == "admin"
    sso("viewer", oidc_groups="desk-admins=admin")
    with desk.reading() as db:
        assert people.by_email(db, "viewer@desk46.test").role == "admin"


def test_an_answer_that_this_browser_did_not_ask_for_signs_nobody_in(app, sso):
    sso.set_up()
    asking, other = Visitor(app.test_client()), Visitor(app.test_client())
    begun = asking.client.get("/account/sso").location
    parts = urlsplit(
        requests.post(begun, data={"sub": "support"}, allow_redirects=False, timeout=10).headers["Location"]
    )
    other.client.get("/account/sso")
    page = other.get(f"{parts.path}?{parts.query}")
    assert "did not say who you are" in page.messages
    for query in ("", "?code=x&state=y", "?error=access_denied"):
        assert other.get(f"/account/sso/back{query}").visitor.get("/account/").h1 == "Sign in"


def test_who_confirms_at_the_provider_goes_on_and_somebody_else_does_not(sso, desk):
    visitor = sso("admin").visitor
    with desk.writing() as db:
        db.execute(update(BrowserSession).values(proven=now() - timedelta(minutes=16)))
    page = visitor.get("/people/add")
    (link,) = page.tree.cssselect("a[href^='/account/sso']")
    query = urlsplit(link.get("href")).query
    asked = parse_qs(urlsplit(visitor.client.get(link.get("href")).location).query)
    assert (asked["prompt"], asked["max_age"]) == (["login"], ["0"])
    assert "somebody else" in sso("support", visitor, query).messages
    assert visitor.get("/people/add").h1 == page.h1
    assert sso("admin", visitor, query).h1 == "Add a person"


def test_the_provider_does_not_stand_in_for_a_second_factor(sso, desk, settings):
    visitor = sso("admin").visitor
    with desk.writing() as db:
        number = people.by_email(db, "admin@desk46.test").id
        second_factors.begin(db, number, settings.key)
    with desk.writing() as db:
        factor = second_factors.to_confirm(db, number)
        code = pyotp.TOTP(second_factors.secret_of(factor, settings.key)).now()
        second_factors.confirm(db, factor, code, settings.key)
        db.execute(update(BrowserSession).values(proven=now() - timedelta(minutes=16)))
    assert not visitor.get("/people/add").tree.cssselect("a[href^='/account/sso']")
    assert visitor.client.get("/account/sso?again=y").location.startswith("/account/confirm")
    assert sso("admin").visitor.get("/account/").h1 == "Sign in"  # before the code


def test_a_name_at_the_provider_that_is_too_long_to_keep_is_refused(sso):
    assert "did not say who you are" in sso("x" * 250).messages


@pytest.mark.parametrize("lacking", [{}, {"issuer": "x"}, []])
def test_a_provider_that_describes_itself_wrongly_is_said(app, sso, monkeypatch, lacking):
    sso.set_up(oidc_client_id="another")
    monkeypatch.setattr(requests.Response, "json", lambda _answer: lacking)
    assert "does not answer" in Visitor(app.test_client()).get("/account/sso").messages


def test_passwords_can_be_left_to_one_administrator(app, sso):
    sso.set_up(password_only_for="admin@desk46.test")
    page = Visitor(app.test_client()).get("/account/sign-in")
    refused = page.press("Sign in", email="support@desk46.test", password=PASSWORD)
    assert refused.status == 422
    assert "Passwords are switched off" in refused.text
    assert page.press("Sign in", email="admin@desk46.test", password=PASSWORD).status == 200


def test_a_provider_that_is_away_is_said(app, sso):
    sso.set_up(oidc_issuer="http://localhost:9")
    page = Visitor(app.test_client()).get("/account/sso")
    assert "does not answer" in page.messages


@pytest.mark.parametrize("groups", ["x", "x=boss", "=admin"])
def test_a_wrong_list_of_groups_is_refused_at_start(groups):
    with pytest.raises(ValueError, match="oidc_groups"):
        Settings(oidc_groups=groups)


def test_without_a_provider_there_is_no_single_sign_on(app):
    assert Visitor(app.test_client()).get("/account/sso").h1 == "Sign in"
