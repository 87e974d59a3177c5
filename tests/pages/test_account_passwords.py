"""Passwords: whoever comes with one that somebody else made chooses their own, and it is hard to guess."""

from datetime import timedelta

import pytest
import time_machine

from app import store
from app.run.__main__ import _prepare
from app.run.commands import set_password
from app.store import people
from app.store.base import now
from app.store.people import Person
from app.web.sign_in.password_strength import is_easy_to_guess
from tests.furnishing import PASSWORD, quick_password, settings_in
from tests.page import Visitor, filled, sign_in

OWN = "correct horse battery"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    quick_password(monkeypatch)


@pytest.fixture
def first(app, desk, settings, capsys):
    """A password that the command line made for somebody."""
    with desk.writing() as db:
        olga = people.add(db, email="olga@desk46.test", name="Olga Petrova", role="marketer", password=PASSWORD)
        olga.shop_roles = {"1": "marketer"}
    assert set_password(settings, "olga@desk46.test") == 0
    return capsys.readouterr().out.split(": ")[1].strip()


@pytest.fixture
def olga(app, first):
    """Somebody who signed in with it."""
    return sign_in(app.test_client(), "olga@desk46.test", first)


def test_with_a_first_password_one_sees_nothing_until_it_is_changed(olga):
    for path in ("/", "/trail/", "/account/", "/people/", "/promo_codes/"):
        assert olga.get(path).h1 == "Choose a password"
    token = filled(olga.get("/").form("Change password")[0])["csrf_token"]
    assert olga.post("/account/", {"csrf_token": token, "language": "ru"}).h1 == "Choose a password"
    asked = olga.htmx("/s/demo/blocks/promo-codes-running-low")
    assert (asked.status, asked.answer.headers["HX-Redirect"]) == (204, "/account/choose-password")
    page = olga.get("/").press("Change password", new=OWN, again=OWN)
    assert page.h1 == "Home"
    assert "Your password is changed" in page.messages
    assert olga.get("/trail/").h1 == "Audit trail"
    assert olga.get("/account/choose-password").h1 == "Your account"


def test_one_may_sign_out_instead(olga):
    assert olga.get("/").press("Sign out").h1 == "Sign in"


def test_the_chosen_password_works_and_the_first_one_no_more(app, olga, first):
    olga.get("/").press("Change password", new=OWN, again=OWN)
    assert sign_in(app.test_client(), "olga@desk46.test", OWN).get("/trail/").h1 == "Audit trail"
    assert sign_in(app.test_client(), "olga@desk46.test", first).get("/trail/").h1 == "Sign in"


def test_a_first_password_is_good_for_a_day(app, first):
    with time_machine.travel(now() + timedelta(hours=23)):
        assert sign_in(app.test_client(), "olga@desk46.test", first).get("/").h1 == "Choose a password"
    with time_machine.travel(now() + timedelta(hours=25)):
        page = Visitor(app.test_client()).get("/account/sign-in")
        page = page.press("Sign in", email="olga@desk46.test", password=first)
        assert "Ask an administrator for a new one." in page.text
        page = page.press("Sign in", email="olga@desk46.test", password="wrong")
        assert "Ask an administrator for a new one." not in page.text


def test_whoever_is_signed_in_with_it_is_not_after_a_day(olga):
    with time_machine.travel(now() + timedelta(hours=9)):
        assert olga.get("/").h1 == "Choose a password"
    with time_machine.travel(now() + timedelta(hours=18)):
        assert olga.get("/").h1 == "Choose a password"
    with time_machine.travel(now() + timedelta(hours=25)):
        assert olga.get("/").h1 == "Sign in"


def test_a_password_of_the_command_line_is_a_temporary_one(settings, app, capsys):
    assert set_password(settings, "support@desk46.test") == 0
    password = capsys.readouterr().out.split(": ")[1].strip()
    assert sign_in(app.test_client(), "support@desk46.test", password).get("/trail/").h1 == "Choose a password"


@pytest.mark.parametrize("demo", [False, True])
def test_the_first_administrator_chooses_a_password_unless_it_is_the_demo(tmp_path, monkeypatch, demo):
    monkeypatch.setattr("app.run.demo.furnish", lambda _settings: None)
    settings = settings_in(tmp_path)
    words = _prepare(settings, demo=demo)
    assert ("good for a day" in words) != demo
    with store.open_desk(settings).reading() as db:
        assert (people.by_email(db, people.FIRST_EMAIL).temporary_until is None) == demo


def test_those_who_chose_their_password_before_are_asked_nothing(agent):
    assert agent.get("/trail/").h1 == "Audit trail"


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "qwertyuiop12",
        "1234567890",
        "xxxxxxxxxxxx",
        "iloveyou2026",
        "пароль12345",
        "йцукенгшщз",
        "gfhjkm12345",
        "olgapetrova1",
        "Olga-Petrova!",
        "petrova2026",
        "desk46desk46",
        "зуекщмф123",
        "supersecret1",
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_with_the_reason(olga, password):
    page = olga.get("/").press("Change password", new=password, again=password)
    assert page.status == 422
    assert "easy to guess" in page.text
    assert password not in page.html


@pytest.mark.parametrize("password", [OWN, "another long one", "xK9#mQ2$vL", "самовар едет лесом", "z" + "aB3!" * 200])
def test_a_password_that_is_hard_to_guess_is_taken(password):
    assert not is_easy_to_guess(password, Person(name="Olga Petrova", email="olga@desk46.test"))


@pytest.mark.parametrize("name", ["Ольга Петрова", "", "--", "O", "(((", "a" * 120])
def test_any_name_can_be_judged(name):
    person = Person(name=name, email="x@desk46.test")
    assert is_easy_to_guess("ольгапетрова", Person(name="Ольга Петрова", email="x@desk46.test"))
    assert not is_easy_to_guess(OWN, person)


def test_ones_own_change_is_judged_too(agent):
    page = agent.get("/account/").press("Change password", old=PASSWORD, new="password1234", again="password1234")
    assert page.status == 422
    assert "easy to guess" in page.text
