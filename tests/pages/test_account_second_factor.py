"""The second factor: set up, asked after the password, each code once, demanded by role, reset, removed by a code."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest
import time_machine
from sqlalchemy import select

from app.config import Settings
from app.run.commands import remove_second_factor
from app.store import people, second_factors
from app.store.base import now
from app.store.people import Person
from app.store.second_factors import RecoveryCode, SecondFactor
from app.web.sign_in.second_factor import HALF
from tests.conftest import PASSWORD, quick_password
from tests.page import Visitor, filled

EMAIL = "support@desk46.test"
SIGN_IN = "/account/sign-in"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    quick_password(monkeypatch)


@pytest.fixture
def clock():
    """A clock that stands still until a test moves it: each code is used once."""
    with time_machine.travel(now(), tick=False) as clock:
        yield clock


class Phone:
    """An authenticator app."""

    def __init__(self, secret, clock):
        self.totp, self.clock = pyotp.TOTP(secret.replace(" ", "")), clock

    def next(self):
        self.clock.shift(timedelta(seconds=30))
        return self.code()

    def code(self):
        return self.totp.now()


def shown_secret(page):
    return page.tree.cssselect("main .copied .breakable")[0].text_content()


def shown_codes(page):
    return page.tree.cssselect("main pre")[0].text_content().split()


def set_up(visitor, clock):
    """Set one up; gives the phone and the recovery codes."""
    page = visitor.get("/account/second-factor").press("Begin")
    phone = Phone(shown_secret(page), clock)
    return phone, shown_codes(page.press("Confirm", code=phone.code()))


def with_password(app, path=SIGN_IN):
    """A new browser in which the password was right."""
    return Visitor(app.test_client()).get(path).press("Sign in", email=EMAIL, password=PASSWORD)


def is_in(page):
    return page.visitor.get("/account/").h1 == "Your account"


def test_it_is_set_up_by_its_first_code_and_shows_recovery_codes_once(agent, desk, settings, clock):
    page = agent.get("/account/").follow("Set it up").press("Begin")
    phone = Phone(shown_secret(page), clock)
    assert page.tree.cssselect("main svg.qr path")
    wrong = page.press("Confirm", code="000000")
    assert wrong.status == 422
    assert agent.get("/account/second-factor").h1 != "Second factor"
    codes = shown_codes(page.press("Confirm", code=phone.code()))
    assert len(set(codes)) == 10
    assert codes[0] not in agent.get("/account/second-factor").html
    assert "In use since" in agent.get("/account/second-factor").text
    with desk.reading() as db:
        kept = db.scalar(select(SecondFactor.secret))
        digests = list(db.scalars(select(RecoveryCode.digest)))
    secret = phone.totp.secret
    assert secret not in kept
    assert second_factors.secret_of(SecondFactor(secret=kept), settings.key) == secret
    assert not [digest for digest in digests if any(code.replace("-", "") in digest for code in codes)]


def test_a_password_alone_opens_nothing_any_more(app, agent, clock):
    set_up(agent, clock)
    page = with_password(app)
    assert page.h1 == "Second step"
    for path in ("/", "/account/", "/trail/", "/account/second-factor", "/people/"):
        assert page.visitor.get(path).h1 == "Sign in"
    assert page.visitor.htmx("/s/demo/jobs/count").status == 401
    token = filled(page.form("Sign in")[0])["csrf_token"]
    answer = page.visitor.client.post("/account/second-factor/begin", data={"csrf_token": token})
    assert (answer.status_code, answer.location.partition("?")[0]) == (302, SIGN_IN)


def test_the_code_signs_in_and_leads_to_where_one_wanted_to(app, agent, clock):
    phone, _codes = set_up(agent, clock)
    page = with_password(app, "/trail/")
    assert page.press("Sign in", code="000000").status == 422
    page = page.press("Sign in", code=phone.next())
    assert page.h1 == "Audit trail"


def test_every_code_is_good_once_and_so_are_those_before_it(app, agent, clock):
    phone, _codes = set_up(agent, clock)
    assert with_password(app).press("Sign in", code=phone.code()).status == 422  # it confirmed the app
    code = phone.next()
    assert is_in(with_password(app).press("Sign in", code=f"{code[:3]} {code[3:]}"))
    assert with_password(app).press("Sign in", code=code).status == 422
    later = pyotp.TOTP(phone.totp.secret).at(now().timestamp() + 30 + clock_offset())
    assert is_in(with_password(app).press("Sign in", code=later))
    clock.shift(timedelta(seconds=90))
    assert with_password(app).press("Sign in", code=later).status == 422


def clock_offset():
    """`now()` is UTC without a zone."""
    from datetime import UTC  # noqa: PLC0415  # only here

    return now().replace(tzinfo=UTC).timestamp() - now().timestamp()


def test_of_two_who_use_the_same_code_at_the_same_moment_one_is_let_in(app, agent, clock, desk, settings):
    phone, codes = set_up(agent, clock)
    code = phone.next()
    with desk.reading() as db:
        factor = db.scalars(select(SecondFactor)).one()

    def use(written):
        with desk.writing() as db:
            return second_factors.use(db, factor.person_id, written, settings.key)

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(use, [code] * 4)) == [False, False, False, True]
        assert sorted(threads.map(use, [codes[0]] * 4)) == [False, False, False, True]


def test_a_recovery_code_signs_in_once_in_any_writing(app, agent, clock):
    _phone, codes = set_up(agent, clock)
    page = with_password(app).press("Sign in", code=f" {codes[3].lower()} ")
    assert "9 recovery codes left" in page.messages
    assert is_in(page)
    assert with_password(app).press("Sign in", code=codes[3]).status == 422


def test_wrong_codes_make_pauses_like_wrong_passwords_and_the_right_one_waits_too(app, agent, clock):
    phone, _codes = set_up(agent, clock)
    page = with_password(app)
    assert [page.press("Sign in", code=f"{number:06}").status for number in range(5)] == [422] * 5
    for again in (page, with_password(app)):  # the password once more is no way round
        told = again.press("Sign in", code=phone.code())
        assert (told.status, told.answer.headers["Retry-After"]) == (429, "15")
        assert "Too many wrong codes" in told.text
    clock.shift(timedelta(seconds=16))
    assert is_in(with_password(app).press("Sign in", code=phone.next()))


def test_the_second_step_ends_after_ten_minutes_and_with_another_password(app, agent, desk, clock):
    phone, _codes = set_up(agent, clock)
    late = with_password(app)
    clock.shift(timedelta(minutes=11))
    assert late.press("Sign in", code=phone.next()).h1 == "Sign in"
    changed = with_password(app)
    with desk.writing() as db:
        people.set_password(db, people.by_email(db, EMAIL), people.hash_of("another long one"), temporary=False)
    assert changed.press("Sign in", code=phone.next()).h1 == "Sign in"


def test_what_a_browser_kept_is_worth_nothing_after_it_was_used(app, agent, clock):
    phone, _codes = set_up(agent, clock)
    page = with_password(app)
    copy = app.test_client()
    for cookie in page.visitor.cookies():
        copy.set_cookie(cookie.key, cookie.value)
    assert is_in(page.press("Sign in", code=phone.next()))
    with page.visitor.client.session_transaction() as session:
        assert HALF not in session
    assert Visitor(copy).get("/account/second-step").h1 == "Sign in"


def test_a_form_that_was_typed_comes_back_after_both_steps(app, agent, clock):
    phone, _codes = set_up(agent, clock)
    form = agent.get("/s/demo/segments/")
    agent.post("/account/sign-out")
    page = form.visitor.post("/s/demo/segments/add", {"who": "L01", "segment_id": "313", "csrf_token": "old"})
    page = page.press("Sign in").press("Sign in", email=EMAIL, password=PASSWORD)
    assert page.h1 == "Second step"
    page = page.press("Sign in", code="000000").press("Sign in", code=phone.next())
    assert "You are signed in again." in page.text
    assert page.press("Send it now").full_path.startswith("/s/demo/segments/add/313/")


def test_it_is_removed_only_by_a_code_and_new_recovery_codes_end_the_old(app, agent, clock):
    phone, codes = set_up(agent, clock)
    page = agent.get("/account/second-factor")
    assert page.press("Remove the second factor", code="000000").status == 422
    fresh = shown_codes(page.press("Make new recovery codes", code=phone.next()))
    assert page.press("Remove the second factor", code=codes[0]).status == 422
    page = page.press("Remove the second factor", code=fresh[0])
    assert "is removed" in page.messages
    assert is_in(with_password(app))


def test_another_browser_is_signed_out_when_it_is_set_up(app, agent, clock):
    other = with_password(app)
    set_up(agent, clock)
    assert not is_in(other)
    assert is_in(agent.get("/"))


def test_a_secret_that_was_not_confirmed_in_an_hour_is_shown_no_more(agent, clock):
    agent.get("/account/second-factor").press("Begin")
    clock.shift(timedelta(minutes=61))
    assert agent.get("/account/second-factor").form("Begin")


class TestByAdministrators:
    def demand(self, admin, *roles):
        return admin.get("/people/").press("Save", within="#demand", roles=list(roles))

    def test_who_has_to_have_one_sets_it_up_before_anything_else(self, app, admin, agent, marketer, clock):
        self.demand(admin, "support")
        for path in ("/", "/trail/", "/account/", "/account/choose-password"):
            assert agent.get(path).h1 == "Set up a second factor"
        asked = agent.htmx("/s/demo/jobs/count")
        assert (asked.status, asked.answer.headers["HX-Redirect"]) == (204, "/account/second-factor")
        assert marketer.get("/trail/").h1 == "Audit trail"
        set_up(agent, clock)
        assert agent.get("/trail/").h1 == "Audit trail"
        assert "Changed which roles have to have a second factor" in admin.get("/trail/").text

    def test_a_lost_phone_is_reset_in_the_trail_and_signs_out(self, app, admin, agent, clock):
        phone, _codes = set_up(agent, clock)
        half = with_password(app)
        assert admin.get("/people/").cell("Support", "Second factor") == "in use"
        page = admin.get("/people/").follow("Support").press("Reset the second factor")
        assert "is removed" in page.messages
        assert agent.get("/").h1 == "Sign in"
        assert half.press("Sign in", code=phone.next()).h1 == "Sign in"
        assert is_in(with_password(app))
        assert "Reset a second factor" in admin.get("/trail/").text

    def test_nobody_resets_their_own_without_a_code(self, admin, desk, clock):
        set_up(admin, clock)
        with desk.reading() as db:
            number = db.scalar(select(Person.id).where(Person.role == "admin"))
        assert admin.post(f"/people/{number}/second-factor").status == 409

    def test_the_command_line_helps_the_last_one(self, app, agent, settings, admin, clock, capsys):
        set_up(agent, clock)
        assert remove_second_factor(settings, EMAIL) == 0
        assert remove_second_factor(settings, EMAIL) == 2
        assert remove_second_factor(settings, "nobody@desk46.test") == 2
        assert is_in(with_password(app))
        assert "command line" in admin.get("/trail/").row("Reset a second factor")
        capsys.readouterr()


def test_with_another_secret_key_a_recovery_code_still_signs_in(app, agent, desk, settings, clock):
    phone, codes = set_up(agent, clock)
    with desk.reading() as db:
        factor = db.scalars(select(SecondFactor)).one()
        person = db.get(Person, factor.person_id)
    changed = Settings(var=settings.var, secret_key="another", public_url=settings.public_url)
    with app.test_request_context():
        app.extensions["settings"], kept = changed, app.extensions["settings"]
        from app.web.sign_in.second_factor import is_right_code  # noqa: PLC0415  # within the application

        try:
            assert not is_right_code(person, phone.next())
            assert is_right_code(person, codes[0])
        finally:
            app.extensions["settings"] = kept
