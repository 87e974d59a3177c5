"""Links to choose a password by: an invitation or a reset works once, for its person, and nobody else learns it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select

from app.store import people, second_factors, tokens
from app.store.base import now
from app.store.people import Person
from app.store.tokens import PersonToken
from tests.furnishing import PASSWORD, quick_password
from tests.page import Visitor, sign_in

OWN = "correct horse battery"
OLGA = "olga@desk46.test"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    quick_password(monkeypatch)


def shown(page):
    address = page.dom.select_one(".callout .copied .breakable").get_text()
    assert address.startswith("http://localhost/account/link/")
    return urlsplit(address).path


def invited(admin, email=OLGA):
    return admin.get("/people/add").press("Add and invite", name="Olga Petrova", email=email, role="marketer")


def reset(admin, name="Support"):
    return admin.get("/people/").follow(name).press("Make a link")


@pytest.fixture
def opened(app):
    """Open a link in a new browser."""
    return lambda link: Visitor(app.test_client()).get(link)


def choose(page, password=OWN):
    return page.press("Choose it and sign in", new=password, again=password)


def test_who_is_invited_chooses_a_password_and_is_signed_in(app, admin, opened):
    page = invited(admin, "Olga@Desk46.test")
    assert page.row("Olga Petrova")[2] == "Marketer"
    assert "invited" in page.row("Olga Petrova")[0]
    page = choose(opened(shown(page)))
    assert page.h1 == "Home"
    assert "Your password is chosen." in page.messages
    assert "invited" not in admin.get("/people/").row("Olga Petrova")[0]
    assert sign_in(app.test_client(), OLGA, OWN).get("/account/").h1 == "Your account"
    assert "Chose a password by a link" in admin.get("/trail/").text


def test_a_link_works_once_however_often_it_was_opened(admin, opened):
    link = shown(invited(admin))
    early, late = opened(link), opened(link)
    assert "/link/" not in early.full_path
    choose(early)
    page = choose(late, "another long one")
    assert (page.status, page.h1) == (410, "This link is over")
    assert opened(link).status == 410


def test_of_two_who_use_it_at_the_same_moment_one_does(desk):
    with desk.writing() as db:
        token = tokens.give(db, 1, "reset")

    def take(_number):
        with desk.writing() as db:
            return tokens.take(db, token, "invitation", "reset")

    with ThreadPoolExecutor(4) as threads:
        assert sorted(map(bool, threads.map(take, range(4)))) == [False, False, False, True]


def test_a_reset_ends_sessions_and_the_old_password_at_once(app, admin, agent, opened):
    page = reset(admin)
    assert agent.get("/").h1 == "Sign in"
    assert sign_in(app.test_client(), "support@desk46.test", PASSWORD).get("/account/").h1 == "Sign in"
    assert choose(opened(shown(page))).h1 == "Home"
    assert sign_in(app.test_client(), "support@desk46.test", OWN).get("/account/").h1 == "Your account"


def test_a_new_link_replaces_the_one_before(admin, opened):
    first, second = shown(reset(admin)), shown(reset(admin))
    assert opened(first).status == 410
    assert opened(second).status == 200


@pytest.mark.parametrize(("make", "days"), [(invited, 3), (reset, 1)])
def test_a_link_is_good_for_so_many_days(admin, opened, make, days):
    link = shown(make(admin))
    with time_machine.travel(now() + timedelta(days=days, minutes=-5)):
        assert opened(link).status == 200
    with time_machine.travel(now() + timedelta(days=days, minutes=5)):
        assert opened(link).status == 410


def test_a_link_of_somebody_who_may_no_longer_sign_in_is_over(admin, opened, desk):
    link = shown(invited(admin))
    with desk.writing() as db:
        person = people.by_email(db, OLGA)
        people.change(db, person, name=person.name, role=person.role, active=False)
    assert opened(link).status == 410
    with desk.reading() as db:
        number = db.scalar(select(Person.id).where(Person.email == OLGA))
    assert admin.post(f"/people/{number}/password").status == 409


def test_who_has_a_second_factor_is_asked_for_it_after_choosing(admin, opened, desk, settings):
    with desk.writing() as db:
        number = db.scalar(select(Person.id).where(Person.role == "support"))
        factor = second_factors.begin(db, number, settings.key)
        factor = second_factors.to_confirm(db, number)
        factor.confirmed = now()
    page = choose(opened(shown(reset(admin))))
    assert page.h1 == "Second step"
    assert page.visitor.get("/account/").h1 == "Sign in"


@pytest.mark.parametrize("password", ["short", "password1234", "Olga-Petrova!"])
def test_a_password_that_is_easy_to_guess_uses_nothing_up(admin, opened, password):
    page = choose(opened(shown(invited(admin))), password)
    assert page.status == 422
    assert choose(page).h1 == "Home"


def test_the_database_has_the_digest_only_and_no_cookie_of_the_administrator_the_link(admin, desk):
    reader = SecureCookieSessionInterface().get_signing_serializer(admin.client.application)
    for page in (invited(admin), reset(admin)):
        token = shown(page).rpartition("/")[2]
        session = next(cookie.value for cookie in admin.cookies() if cookie.key == "desk46")
        assert token not in "".join(cookie.value for cookie in admin.cookies()) + str(reader.loads(session))
        assert token not in page.answer.request.url
        assert page.answer.headers["Cache-Control"] == "no-store"
        assert token not in admin.get("/people/").text
        with desk.reading() as db:
            assert not [row for row in db.scalars(select(PersonToken.digest)) if token in row]


@pytest.mark.parametrize("token", ["x", "x" * 300])
def test_what_is_no_link_says_so(stranger, token):
    page = stranger.get(f"/account/link/{token}")
    assert (page.status, page.h1) == (410, "This link is over")


def test_a_token_of_the_second_step_is_no_link(desk, opened):
    with desk.writing() as db:
        token = tokens.give(db, 1, "sign_in")
    assert opened(f"/account/link/{token}").status == 410


class TestByMail:
    @pytest.fixture
    def sent(self, app, settings, monkeypatch):
        """Messages that the mail server was given."""
        app.extensions["settings"] = settings.model_copy(update={"smtp_url": "smtp://mail.test"})
        sent = []
        monkeypatch.setattr("app.pages.people.links.send_mail", lambda _settings, *message: sent.append(message))
        return sent

    def test_the_link_goes_to_its_person_and_nobody_else_sees_it(self, admin, opened, sent):
        page = invited(admin)
        assert "A link was sent to Olga Petrova" in page.text
        assert "/account/link/" not in page.html
        to, _subject, text = sent[0]
        link = next(urlsplit(line).path for line in text.splitlines() if "/account/link/" in line)
        assert to == OLGA
        assert choose(opened(link)).h1 == "Home"

    def test_what_the_mail_server_does_not_take_is_shown_instead(self, app, settings, admin, opened):
        app.extensions["settings"] = settings.model_copy(update={"smtp_url": "smtp://127.0.0.1:9"})
        page = reset(admin)
        assert "could not be sent" in page.text
        assert opened(shown(page)).status == 200
