"""Guessing passwords: it grows slower with each wrong one, and nobody can be locked out by a stranger."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import timedelta
from threading import Event

import pytest
import time_machine

from app import create_app
from app.engine.http.app import create_box
from app.store import people
from app.store.base import now
from app.store.wrong_passwords import WrongPassword
from app.web.sign_in.passwords import limits_of_sign_in
from tests.forks import started
from tests.furnishing import PASSWORD, quick_password
from tests.page import Visitor, sign_in
from tests.schedules import run

EMAIL = "support@desk46.test"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    quick_password(monkeypatch)
    monkeypatch.setattr(people, "_nobody", people.hash_of("nobody has this password"))


def guess(app, email=EMAIL, typed="wrong", address="198.51.100.7", client=None):
    client = client or app.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    return Visitor(client).get("/account/sign-in").press("Sign in", email=email, password=typed)


def guess_often(app, times, **more):
    return [guess(app, **more) for _ in range(times)]


def is_in(page):
    return page.status == 200 and page.path == "/" and page.form("Sign out") is not None


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(app):
    assert [page.status for page in guess_often(app, 5)] == [422] * 5
    page = guess(app, typed=PASSWORD)
    assert page.status == 429
    assert 0 < int(page.answer.headers["Retry-After"]) <= 15
    assert "Too many wrong passwords" in page.text
    assert "seconds" in page.text
    with time_machine.travel(now() + timedelta(seconds=16)):
        assert is_in(guess(app, typed=PASSWORD))


def test_the_pauses_grow_up_to_a_quarter_of_an_hour(app):
    guess_often(app, 5)
    moment, pauses = now(), []
    for _ in range(8):
        with time_machine.travel(moment, tick=False):
            pauses.append(int(guess(app).answer.headers["Retry-After"]))
            moment += timedelta(seconds=pauses[-1])
        with time_machine.travel(moment, tick=False):
            assert guess(app).status == 422
    assert [round(pause / 15) for pause in pauses] == [1, 2, 4, 8, 16, 32, 60, 60]


def test_trying_during_a_pause_makes_it_no_longer(app, desk):
    guess_often(app, 5)
    with desk.reading() as db:
        before = db.query(WrongPassword).count()
    assert {page.status for page in guess_often(app, 5)} == {429}
    with desk.reading() as db:
        assert db.query(WrongPassword).count() == before


@pytest.mark.parametrize("written", ["SUPPORT@desk46.test", "  support@desk46.test ", "Support@Desk46.TEST"])
def test_an_account_is_the_same_in_every_writing(app, written):
    guess_often(app, 5)
    assert guess(app, email=written, typed=PASSWORD).status == 429


def test_an_account_is_guarded_against_many_addresses(app):
    for number in range(5):
        guess(app, address=f"203.0.113.{number}")
    assert guess(app, address="203.0.113.99").status == 429


def test_a_device_that_signed_in_before_is_let_through(app):
    at_home = app.test_client()
    sign_in(at_home, EMAIL, PASSWORD)
    Visitor(at_home).post("/account/sign-out")
    guess_often(app, 5)
    assert guess(app, typed=PASSWORD).status == 429
    assert is_in(guess(app, typed=PASSWORD, client=at_home))


def test_a_device_that_signed_in_before_may_not_guess_for_ever(app):
    at_home = app.test_client()
    sign_in(at_home, EMAIL, PASSWORD)
    Visitor(at_home).post("/account/sign-out")
    guess_often(app, 5, client=at_home)
    assert guess(app, client=at_home).status == 429
    assert is_in(guess(app, typed=PASSWORD))  # and slows nobody else down


def test_a_device_is_known_for_those_who_signed_in_with_it_and_nobody_else(app):
    at_home = app.test_client()
    sign_in(at_home, EMAIL, PASSWORD)
    Visitor(at_home).post("/account/sign-out")
    guess_often(app, 5, email="admin@desk46.test")
    assert guess(app, email="admin@desk46.test", client=at_home).status == 429


def test_a_forged_device_is_not_known(app):
    guess_often(app, 5)
    client = app.test_client()
    client.set_cookie("device", "eyJpZCI6IngiLCJwZW9wbGUiOlsyXX0.aSjRAA.forged")
    assert guess(app, typed=PASSWORD, client=client).status == 429


def test_an_address_may_try_more_than_an_account_and_not_for_ever(app):
    page = guess(app, email="nobody@desk46.test")
    tries = [page.press("Sign in", email=f"nobody{number}@desk46.test", password="wrong") for number in range(50)]
    statuses = [page.status, *(each.status for each in tries)]
    assert statuses == [422] * 50 + [429]
    assert guess(app, typed=PASSWORD, address="203.0.113.9").status == 200


@pytest.mark.parametrize(
    ("first", "second", "is_same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:198.51.100.7", "198.51.100.7", True),
        ("198.51.100.7", "198.51.100.8", False),
    ],
)
def test_addresses_of_one_home_count_together(app, first, second, is_same):
    with app.test_request_context(environ_base={"REMOTE_ADDR": first}):
        one = limits_of_sign_in(None, EMAIL)[1]
    with app.test_request_context(environ_base={"REMOTE_ADDR": second}):
        other = limits_of_sign_in(None, EMAIL)[1]
    assert (one == other) == is_same


def test_a_right_password_forgets_the_wrong_ones_of_the_account_and_not_of_the_address(app, desk):
    guess_often(app, 4)
    assert is_in(guess(app, typed=PASSWORD))
    assert {page.status for page in guess_often(app, 4)} == {422}
    with desk.reading() as db:
        assert db.query(WrongPassword).count() == 4 + 8  # the account's last four, and all of the address


def test_what_people_typed_is_not_kept_as_it_is(app, desk):
    guess(app, email="my-secret-password@desk46.test")
    with desk.reading() as db:
        names = [row.name for row in db.query(WrongPassword)]
    assert len(names) == 2
    assert not [name for name in names if "secret" in name or "@" in name or "198." in name]


def test_wrong_passwords_are_forgotten_after_a_day(app, desk):
    guess_often(app, 3)
    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        guess(app, email="other@desk46.test")
        run("account.forget_tries", app)
        with desk.reading() as db:
            assert db.query(WrongPassword).count() == 2


def test_guesses_at_the_same_time_are_counted_before_they_are_looked_at(app):
    with ThreadPoolExecutor(8) as threads:
        statuses = list(threads.map(lambda _: guess(app).status, range(16)))
    assert statuses.count(422) <= 5
    assert set(statuses) <= {422, 429}


def _guess_in_another_process(settings, times):
    app = create_app(settings, create_box(settings))
    app.testing = False
    guess_often(app, times)


def test_two_processes_count_together(app, settings):
    with started(_guess_in_another_process, (settings, 5)) as (other,):
        other.join()
        assert other.exitcode == 0
    assert guess(app, typed=PASSWORD).status == 429


def test_the_present_password_cannot_be_guessed_either(agent):
    for _ in range(5):
        page = agent.get("/account/").press(
            "Change password", old="wrong", new="another long one", again="another long one"
        )
        assert "This is not your present password." in page.errors
    page = agent.get("/account/").press(
        "Change password", old=PASSWORD, new="another long one", again="another long one"
    )
    assert page.status == 429
    assert int(page.answer.headers["Retry-After"]) > 0
    assert "Too many wrong passwords" in page.text


def test_strangers_at_the_door_do_not_slow_down_who_is_signed_in(app, agent):
    guess_often(app, 6)
    page = agent.get("/account/").press(
        "Change password", old=PASSWORD, new="another long one", again="another long one"
    )
    assert "Your password is changed" in page.messages


def test_only_a_few_passwords_are_hashed_at_once_and_the_rest_is_told_to_come_back(app, monkeypatch):
    running, most, go_on = [], [], Event()
    verify = people._hasher.verify

    class Slow:
        def verify(self, *given):
            running.append(1)
            most.append(len(running))
            go_on.wait(20)
            running.pop()
            return verify(*given)

    monkeypatch.setattr(people, "_hasher", Slow())
    monkeypatch.setattr(people, "SECONDS_TO_WAIT", 0.05)
    with ThreadPoolExecutor(10) as threads:
        tries = [threads.submit(guess, app, email=f"nobody{number}@desk46.test") for number in range(10)]
        ended = as_completed(tries)
        refused = [next(ended).result() for _ in range(10 - people.HASHES_AT_ONCE)]
        go_on.set()
    assert max(most) == people.HASHES_AT_ONCE
    assert {page.status for page in refused} == {429}
    assert all(int(page.answer.headers["Retry-After"]) > 0 for page in refused)
    assert "Try again in a moment" in refused[0].text
    assert sorted(attempt.result().status for attempt in tries)[:2] == [422, 422]
    monkeypatch.undo()
    assert is_in(guess(app, typed=PASSWORD))
