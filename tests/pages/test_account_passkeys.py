"""Passkeys: added, named, used in place of a code, removed; refused where anything about an answer is wrong."""

import json
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update
from webauthn.helpers import bytes_to_base64url

from app.store import people
from app.store.acts import Act
from app.store.base import now
from app.store.passkeys import Passkey
from app.store.people import Person
from app.store.second_factors import RecoveryCode
from app.store.sessions import BrowserSession
from tests.authenticator import PRESENT, Authenticator, forget, options_on
from tests.furnishing import PASSWORD, quick_password
from tests.page import Visitor, filled

EMAIL = "support@desk46.test"
ADD, FACTORS = "/account/passkeys/add", "/account/second-factor"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    quick_password(monkeypatch)


def add(visitor, authenticator=None, name="Stick"):
    """Add a passkey; gives it and the page after it."""
    authenticator = authenticator or Authenticator()
    page = visitor.get(ADD)
    return authenticator, page.press("Add the passkey", name=name, passkey=authenticator.make(options_on(page)))


def with_password(app):
    """A new browser in which the password was right."""
    return Visitor(app.test_client()).get("/account/sign-in").press("Sign in", email=EMAIL, password=PASSWORD)


def send(page, answer, path="/account/second-step"):
    return page.visitor.post(path, {"passkey": answer, "code": "", "csrf_token": token_of(page)})


def token_of(page):
    return page.tree.cssselect("main input[name=csrf_token]")[0].get("value")


def is_in(page):
    return page.visitor.get("/account/").h1 == "Your account"


def events(desk, *names):
    with desk.reading() as db:
        return [(act.what, act.asked) for act in db.scalars(select(Act).where(Act.what.in_(names)).order_by(Act.id))]


@pytest.fixture
def key(agent):
    authenticator, _page = add(agent)
    return authenticator


def test_the_first_passkey_brings_recovery_codes_and_signs_in_after_the_password(app, agent, desk):
    authenticator, page = add(agent)
    assert page.h1 == "Recovery codes"
    step = with_password(app)
    assert step.h1 == "Second step"
    assert step.visitor.get("/account/").h1 == "Sign in"
    step = step.visitor.get("/account/second-step")
    assert is_in(send(step, authenticator.answer(options_on(step))))
    used = ("account.UsePasskey", {"step": "sign in", "passkey": "Stick"})
    assert used in events(desk, "account.UsePasskey")
    assert agent.get(FACTORS).cell("Stick", "Last used") != "never"


def test_without_script_a_recovery_code_signs_in(app, agent):
    _authenticator, page = add(agent)
    code = page.tree.cssselect("main pre")[0].text_content().split()[0]
    step = with_password(app)
    assert "One of your recovery codes" in step.text
    assert step.press("Sign in", code="").status == 422
    page = step.press("Sign in", code=code)
    assert "9 recovery codes left" in page.messages
    assert is_in(page)


def test_an_answer_counts_once_and_each_page_asks_another_question(app, agent, key, desk):
    step, other = with_password(app), with_password(app)
    assert json.loads(options_on(step))["challenge"] != json.loads(options_on(other))["challenge"]
    answer = key.answer(options_on(step))
    assert is_in(send(step, answer))
    again = send(other, answer)
    assert (again.status, is_in(again)) == (422, False)
    assert "sent twice" in again.text
    refused = [asked["why"] for _what, asked in events(desk, "account.PasskeyRefused")]
    assert refused == ["late"]


def test_a_challenge_is_over_after_ten_minutes(agent, key):
    with time_machine.travel(now(), tick=False) as clock:
        page = agent.get("/account/confirm")
        clock.shift(timedelta(minutes=11))
        page = send(page, key.answer(options_on(page)), "/account/confirm")
    assert (page.status, page.h1) == (422, "Confirm that it is you")


def test_a_challenge_of_another_person_or_for_another_purpose_is_none(app, agent, admin, key):
    add(admin, Authenticator())
    of_admin = options_on(admin.get("/account/confirm"))
    of_proof = options_on(agent.get("/account/confirm"))
    step = with_password(app)
    for options in (of_admin, of_proof, agent_new(agent)):
        assert send(step, key.answer(json.dumps(json.loads(options) | {"userVerification": "required"}))).status == 422
    assert not is_in(step)


def agent_new(agent):
    return options_on(agent.get(ADD))


WRONG = {
    "another origin": {"origin": "http://localhost:8046"},
    "an origin like it": {"origin": "https://localhost"},
    "another host": {"host": "desk.example.com"},
    "nobody verified": {"flags": PRESENT},
    "nobody there": {"flags": 0x04},
    "a count that goes back": {"count": 0, "step": 0},
    "a count that stands": {"count": 5, "step": 0},
}


def test_what_is_wrong_about_an_answer_is_refused_and_noted(app, agent, desk, clear_pauses):
    key = Authenticator(count=5)
    add(agent, key)
    good = dict(vars(key))
    for name, changed in WRONG.items():
        vars(key).update(good | changed)
        step = with_password(app)
        assert send(step, key.answer(options_on(step))).status == 422, name
        assert not is_in(step), name
        clear_pauses()
    why = [asked["why"] for _what, asked in events(desk, "account.PasskeyRefused")]
    assert why == ["failed"] * 5 + ["counter"] * 2
    vars(key).update(good)
    step = with_password(app)
    assert is_in(send(step, key.answer(options_on(step))))


@pytest.fixture
def clear_pauses(desk):
    from app.store.wrong_passwords import WrongPassword  # noqa: PLC0415  # only here

    def clear():
        with desk.writing() as db:
            db.query(WrongPassword).delete()

    return clear


def test_another_key_and_nonsense_are_refused_and_never_an_error(app, agent, key, clear_pauses):
    step = with_password(app)
    options = options_on(step)
    stranger = Authenticator()
    stranger.id = key.id
    good = key.answer(options)
    parts = [("response",), ("id",), ("response", "signature"), ("response", "clientDataJSON"), ("type",)]
    nonsense = ["{}", "[]", "null", "1", '"x"', "x", "[" * 19_000, '{"id": "\\ud800"}', "\\x00"]
    nonsense += [forget(good, *path) for path in parts]
    nonsense += [key.answer(options, authenticatorData=data) for data in ("", "AA", "!", "ÿ", bytes(37), None)]
    nonsense += [key.answer(options, clientDataJSON=data) for data in (b"", b"[]", b"{}", b"\xff", b"null", 1)]
    nonsense += [key.answer(options, signature=data) for data in (b"", b"\x30", "!")]
    nonsense += [key.answer(options, userHandle=data) for data in ("AA", 1, "!")]
    nonsense += [Authenticator().answer(options), stranger.answer(options)]
    for answer in nonsense:
        page = send(step, answer)
        assert page.status in {400, 422}, answer[:80]
        assert not is_in(page)
        clear_pauses()
        step = with_password(app)
        options = options_on(step)


def test_wrong_answers_make_pauses_as_wrong_codes_do(app, agent, key):
    step = with_password(app)
    assert [send(step, "{}").status for _try in range(5)] == [422] * 5
    step = with_password(app)
    assert send(step, key.answer(options_on(step))).status == 429


def test_it_answers_what_matters_most_and_what_was_typed_comes_back(agent, admin, desk):
    key, _page = add(admin)
    with desk.writing() as db:
        db.execute(update(BrowserSession).values(proven=now() - timedelta(minutes=16)))
    data = {"name": "Ольга", "email": "olga@desk46.test", "role": "viewer", "csrf_token": admin.token()}
    page = admin.post("/people/add", data)
    assert (page.status, page.h1) == (401, "Confirm that it is you")
    page = page.press("Confirm by a passkey", passkey=key.answer(options_on(page)), code="")
    assert "It is you" in page.text
    assert "Ольга" in page.press("Send it now").text


def test_a_passkey_of_another_person_confirms_nothing(agent, admin, key):
    other, _page = add(admin)
    page = agent.get("/account/confirm")
    assert send(page, other.answer(options_on(page)), "/account/confirm").status == 422


def test_the_same_passkey_is_added_once_and_an_answer_makes_one(agent, key):
    page = agent.get(ADD)
    excluded = [each["id"] for each in json.loads(options_on(page))["excludeCredentials"]]
    assert excluded == [bytes_to_base64url(key.id)]
    assert add(agent, key)[1].status == 409
    made = Authenticator().make(options_on(agent.get(ADD)))
    data = {"name": "Two", "passkey": made, "csrf_token": agent.token()}
    assert agent.post(ADD, data).status == 200
    assert agent.post(ADD, data).status == 422
    assert len(agent.get(FACTORS).rows("#passkeys table")) == 2


@pytest.mark.parametrize("changed", [{"origin": "http://evil.test"}, {"host": "evil.test"}, {"flags": PRESENT}])
def test_what_is_wrong_about_a_new_one_is_refused(agent, desk, changed):
    _authenticator, page = add(agent, Authenticator(**changed))
    assert page.status == 422
    assert events(desk, "account.PasskeyRefused") == [("account.PasskeyRefused", {"step": "add", "why": "failed"})]
    assert agent.post(ADD, {"name": "x", "passkey": "{}", "csrf_token": agent.token()}).status == 422
    assert agent.post(ADD, {"name": "x", "passkey": "", "csrf_token": agent.token()}).status == 422
    assert agent.get(FACTORS).h1 == "Set up a second factor"


def test_people_are_known_to_authenticators_by_random_handles(agent, admin):
    handles = {json.loads(options_on(visitor.get(ADD)))["user"]["id"] for visitor in (agent, agent, admin)}
    assert len(handles) == 2
    assert all(len(handle) == 43 for handle in handles)


def test_it_is_renamed_and_removed_with_its_recovery_codes(app, agent, desk, key):
    other = with_password(app)
    other = send(other, key.answer(options_on(other)))
    page = agent.get(FACTORS).follow("Stick")
    assert page.press("Save the name", name="").status == 422
    page = page.press("Save the name", name="Ключ")
    page = page.follow("Ключ").press("Remove the passkey")
    assert "is removed" in page.messages
    assert page.h1 == "Set up a second factor"
    assert not is_in(other)
    assert is_in(with_password(app))
    names = [
        what for what, _asked in events(desk, "account.AddPasskey", "account.RenamePasskey", "account.RemovePasskey")
    ]
    assert names == ["account.AddPasskey", "account.RenamePasskey", "account.RemovePasskey"]
    with desk.reading() as db:
        assert db.scalar(select(RecoveryCode.id)) is None


def test_somebody_elses_is_not_there(agent, admin, desk, key):
    with desk.reading() as db:
        number = db.scalar(select(Passkey.id))
    for path in (f"/account/passkeys/{number}", f"/account/passkeys/{number}/remove"):
        assert admin.post(path, {"name": "mine", "csrf_token": admin.token()}).status == 404
    assert admin.get(f"/account/passkeys/{number}").status == 404
    assert len(agent.get(FACTORS).rows("#passkeys table")) == 1


def test_where_an_administrator_demands_one_a_passkey_will_do_and_the_last_stays(admin, agent, desk):
    admin.get("/people/").press("Save", within="#demand", roles=["support"])
    page = agent.get("/trail/")
    assert page.h1 == "Set up a second factor"
    assert page.follow("Add a passkey").h1 == "Add a passkey"
    add(agent)
    assert agent.get("/trail/").h1 == "Audit trail"
    page = agent.get(FACTORS).follow("Stick").press("Remove the passkey")
    assert (page.status, "this is your last" in page.text) == (409, True)
    add(agent, name="Second")
    page = agent.get(FACTORS).follow("Stick").press("Remove the passkey")
    assert len(page.rows("#passkeys table")) == 1


def test_an_administrator_resets_passkeys_too(app, admin, agent, key, desk):
    assert admin.get("/people/").cell("Support", "Second factor") == "in use"
    admin.get("/people/").follow("Support").press("Reset the second factor")
    with desk.reading() as db:
        assert db.scalar(select(Passkey.id)) is None
    assert is_in(with_password(app))


def test_removing_and_new_recovery_codes_ask_again(agent, desk, key):
    with desk.writing() as db:
        db.execute(update(BrowserSession).values(proven=now() - timedelta(minutes=16)))
    page = agent.get(FACTORS).press("Make new recovery codes")
    assert (page.status, page.h1) == (401, "Confirm that it is you")
    page = agent.get(FACTORS).follow("Stick").press("Remove the passkey")
    assert page.h1 == "Confirm that it is you"
    page = page.press("Confirm by a passkey", passkey=key.answer(options_on(page)), code="")
    assert "is removed" in page.press("Send it now").messages


@pytest.mark.parametrize(
    ("url", "offered"),
    [
        ("http://127.0.0.1:8046", False),
        ("https://10.0.0.7", False),
        ("https://[::1]:8046", False),
        ("http://desk.example.com", False),
        ("https://desk.example.com:8443", True),
        ("https://Desk.Example.com", True),
        ("http://localhost:8046", True),
    ],
)
def test_it_is_offered_where_browsers_can_make_one(app, agent, settings, url, offered):
    app.extensions["settings"] = settings.model_copy(update={"public_url": url})
    page = agent.get(ADD, headers={"Host": "localhost"})
    assert (options_on(page) is not None) is offered
    assert ("not offered at this address" in page.text) is not offered
    if offered:
        assert json.loads(options_on(page))["rp"]["id"] == url.split("//")[1].partition(":")[0].lower()


def test_the_host_of_a_request_is_not_believed(app, agent, key):
    visitor, there = Visitor(app.test_client()), {"base_url": "http://evil.test"}
    page = visitor.get("/account/sign-in", **there)
    typed = filled(page.form("Sign in")[0]) | {"email": EMAIL, "password": PASSWORD}
    step = visitor.post("/account/sign-in", typed, **there)
    assert step.answer.request.host == "evil.test"
    assert json.loads(options_on(step))["rpId"] == "localhost"
    key.origin, key.host = "http://evil.test", "evil.test"
    data = {"passkey": key.answer(options_on(step)), "csrf_token": token_of(step)}
    assert visitor.post("/account/second-step", data, **there).status == 422


def test_under_another_address_the_code_is_asked(app, agent, settings, key):
    app.extensions["settings"] = settings.model_copy(update={"public_url": "https://desk.example.com"})
    step = with_password(app)
    assert step.h1 == "Second step"
    assert options_on(step) is None
    page = agent.get(FACTORS)
    assert "answers at localhost only" in page.text
    assert "Passkeys of another address do not count" in page.text
    assert "Make new recovery codes" not in page.text


def test_an_app_beside_a_passkey_keeps_the_recovery_codes(agent, desk, key):
    page = agent.get(FACTORS).press("Set up an authenticator app")
    assert page.h1 == "Set up a second factor"
    with desk.reading() as db:
        before = set(db.scalars(select(RecoveryCode.digest)))
    import pyotp  # noqa: PLC0415  # only here

    secret = page.tree.cssselect("main .copied .breakable")[0].text_content().replace(" ", "")
    page = page.press("Confirm", code=pyotp.TOTP(secret).now())
    assert "authenticator app is in use" in page.messages
    page = page.press("Remove the app")
    assert len(agent.get(FACTORS).rows("#passkeys table")) == 1
    with desk.reading() as db:
        assert set(db.scalars(select(RecoveryCode.digest))) == before


def test_a_removed_person_takes_their_passkeys_along(agent, desk, key):
    with desk.writing() as db:
        db.delete(db.get_one(Person, people.by_email(db, EMAIL).id))
    with desk.reading() as db:
        assert db.scalar(select(Passkey.id)) is None
