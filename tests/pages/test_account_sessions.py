"""Sessions: they live in the database, and no cookie outlives them."""

from datetime import timedelta

import pytest
import time_machine
from flask_login.utils import encode_cookie
from sqlalchemy import event, func, select

from app import create_app, store
from app.run.commands import set_password
from app.store import people
from app.store.base import now
from app.store.people import Person
from app.store.sessions import BrowserSession
from tests.furnishing import PASSWORD
from tests.page import Visitor, sign_in
from tests.schedules import run

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"


def jar(visitor):
    return {cookie.key: cookie.value for cookie in visitor.cookies()}


def with_cookies(app, cookies):
    client = app.test_client()
    for name, value in cookies.items():
        client.set_cookie(name, value)
    return Visitor(client)


def is_signed_in(visitor):
    return visitor.get("/trail/").h1 == "Audit trail"


def signed_in(app, role="support", agent=FIREFOX):
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = agent
    return sign_in(client, f"{role}@desk46.test", PASSWORD)


def sessions_of(desk, role):
    with desk.reading() as db:
        query = select(func.count()).select_from(BrowserSession).join(Person, Person.id == BrowserSession.person_id)
        return db.scalar(query.where(Person.role == role))


def test_signing_out_ends_every_cookie_that_was_given(app):
    visitor = signed_in(app)
    jars = [jar(visitor)]
    for path in ("/account/", "/trail/", "/people/", "/shops/switch"):
        visitor.get(path)
        jars.append(jar(visitor))
    visitor.post("/shops/switch", {"shop": "2"})
    jars.append(jar(visitor))
    assert all(is_signed_in(with_cookies(app, cookies)) for cookies in jars)
    visitor.post("/account/sign-out")
    assert not any(is_signed_in(with_cookies(app, cookies)) for cookies in [*jars, jar(visitor)])


def test_no_cookie_remembers_anybody_for_a_year(app, desk):
    visitor = signed_in(app)
    assert "remember_token" not in jar(visitor)
    with app.test_request_context():
        old = encode_cookie("2.0123456789abcdef")
    assert not is_signed_in(with_cookies(app, {"remember_token": old}))
    visitor.client.set_cookie("remember_token", old)
    visitor.post("/account/sign-out")
    assert "remember_token" not in jar(visitor)


def test_the_database_keeps_no_token_that_signs_in(app, desk):
    signed_in(app)
    with desk.reading() as db, app.test_request_context():
        digests = list(db.scalars(select(BrowserSession.digest)))
        for digest in digests:
            assert not is_signed_in(with_cookies(app, {"remember_token": encode_cookie(digest)}))


def test_a_session_ends_after_twelve_hours_without_a_visit_and_not_before(app):
    visitor = signed_in(app)
    with time_machine.travel(now() + timedelta(hours=11, minutes=50)):
        assert is_signed_in(visitor)
    with time_machine.travel(now() + timedelta(hours=23)):
        assert is_signed_in(visitor)
    with time_machine.travel(now() + timedelta(hours=35, minutes=10)):
        assert not is_signed_in(visitor)


def test_a_session_ends_after_seven_days_however_busy_it_is(app):
    visitor, start = signed_in(app), now()
    for hours in range(10, 7 * 24, 10):
        with time_machine.travel(start + timedelta(hours=hours)):
            assert is_signed_in(visitor), hours
    with time_machine.travel(start + timedelta(days=7, minutes=1)):
        assert not is_signed_in(visitor)


def test_a_page_that_refreshes_a_part_of_itself_keeps_nobody_signed_in(app):
    visitor, start = signed_in(app), now()
    for hours in (6, 11):
        with time_machine.travel(start + timedelta(hours=hours)):
            assert visitor.htmx("/blocks/promo-codes-running-low").status == 200
    with time_machine.travel(start + timedelta(hours=13)):
        assert not is_signed_in(visitor)


def test_sessions_that_are_over_do_not_pile_up(app, desk):
    signed_in(app)
    signed_in(app)
    with time_machine.travel(now() + timedelta(days=1)):
        signed_in(app)
        run("account.forget_sessions", app)
    assert sessions_of(desk, "support") == 1


def test_a_visit_reads_the_session_at_most_once_and_writes_only_now_and_then(app, desk):
    visitor = signed_in(app)
    statements = []
    event.listen(desk.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    visitor.client.get("/account/")
    read = [statement for statement in statements if "sessions.digest = " in statement]
    assert len(read) <= 1  # not at all where it is remembered
    assert not [statement for statement in statements if statement.startswith("UPDATE sessions")]
    with time_machine.travel(now() + timedelta(minutes=6)):
        visitor.client.get("/account/")
        visitor.client.get("/account/")
    assert len([statement for statement in statements if statement.startswith("UPDATE sessions")]) == 1


@pytest.mark.parametrize("becomes", [{"role": "viewer", "active": "y"}, {"role": "support"}])
def test_another_role_or_none_signs_out_everywhere(app, admin, agent, becomes):
    other = signed_in(app)
    path = admin.get("/people/").link("Support")
    admin.post(path, {"name": "Support", **becomes})  # an unticked box is not sent
    assert not is_signed_in(agent)
    assert not is_signed_in(other)


def test_another_name_signs_nobody_out(admin, agent):
    admin.get("/people/").follow("Support").press("Save Support", name="Somebody else")
    assert is_signed_in(agent)


def test_a_password_from_the_command_line_signs_out_everywhere(settings, app, agent, capsys):
    assert set_password(settings, "support@desk46.test") == 0
    assert not is_signed_in(agent)


def test_a_changed_password_gives_this_browser_a_new_session(app):
    visitor = signed_in(app)
    before = jar(visitor)
    visitor.get("/account/").press("Change password", old=PASSWORD, new="another long one", again="another long one")
    assert is_signed_in(visitor)
    assert not is_signed_in(with_cookies(app, before))


def test_a_password_that_is_changed_while_the_old_one_is_looked_at_lets_nobody_in(app, desk, monkeypatch):
    visitor = Visitor(app.test_client())
    page, verify = visitor.get("/account/sign-in"), people.has_password

    def changed_meanwhile(person, password):
        right = verify(person, password)
        with desk.writing() as db:
            people.set_password(db, db.get_one(Person, person.id), people.hash_of("another long one"), temporary=False)
        return right

    monkeypatch.setattr(people, "has_password", changed_meanwhile)
    assert page.press("Sign in", email="support@desk46.test", password=PASSWORD).status == 409
    assert not is_signed_in(visitor)


def test_signing_in_again_takes_over_nothing_that_was_there_before(app):
    """A cookie that somebody put into the browser before must not become a signed-in one."""
    visitor = Visitor(app.test_client())
    visitor.get("/account/sign-in")
    planted = jar(visitor)
    visitor.get("/account/sign-in").press("Sign in", email="support@desk46.test", password=PASSWORD)
    assert is_signed_in(visitor)
    assert not is_signed_in(with_cookies(app, planted))


def test_ones_sessions_are_listed_and_ended_one_by_one(app):
    here, phone = signed_in(app), signed_in(app, agent=SAFARI)
    page = here.get("/account/")
    assert page.row("Safari, iPhone")[1] == "127.0.0.1"
    assert page.row("Firefox, Windows")[-1] == "this browser"
    assert "That session is ended." in page.press("End the session of Safari, iPhone").messages
    assert not is_signed_in(phone)
    assert is_signed_in(here)


def test_all_other_sessions_are_ended_at_once(app):
    here, phone, third = signed_in(app), signed_in(app, agent=SAFARI), signed_in(app, agent="")
    assert here.get("/account/").row("Unknown device")
    here.get("/account/").press("Sign out everywhere else")
    assert is_signed_in(here)
    assert not is_signed_in(phone)
    assert not is_signed_in(third)


def test_nobody_ends_a_session_of_somebody_else(app, desk, agent):
    marketer = signed_in(app, "marketer")
    with desk.reading() as db:
        number = db.scalar(select(func.max(BrowserSession.id)))
    assert agent.post(f"/account/sessions/{number}/end").status == 404
    assert is_signed_in(marketer)


def test_a_session_holds_in_every_process(app, settings, box):
    second = create_app(settings, box)
    visitor = signed_in(app)
    elsewhere = with_cookies(second, jar(visitor))
    assert is_signed_in(elsewhere)
    elsewhere.post("/account/sign-out")
    assert not is_signed_in(visitor)


def test_a_device_with_an_endless_name_signs_in(app, settings):
    assert is_signed_in(signed_in(app, agent="x" * 5000))
    with store.open_desk(settings).reading() as db:
        assert max(map(len, db.scalars(select(BrowserSession.device)))) == 255
