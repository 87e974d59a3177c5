"""The control API: faults, calls received, the outbox, the clock, reset and seeding."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from app import control
from app.engine.control import open_on
from app.engine.http.app import create_box
from app.engine.worker.main import work_until_idle
from app.rees46 import imports, links, messages, profile, promo_codes, segments
from app.rees46.client import Client, new_session
from app.rees46.errors import Garbled, NotFound, Refused, TooMany, Unreachable
from app.rees46.inprocess import BOX_URL, InProcess
from tests.engine.asking import ON_SQLITE, SECRET, SHOP
from tests.installation import SharedBox

SECRETS = {"X-Shop-Secret": SECRET}


@pytest.fixture(scope="session")
def shared_boxes():
    """Boxes that can be controlled, by the kind of their database."""
    return {}


@pytest.fixture
def settings(settings):
    return settings.model_copy(update={"box_control": True})


@pytest.fixture
def box(settings, shared_boxes):
    kind = settings.box_database.partition(":")[0]
    if kind not in shared_boxes:
        made = create_box(settings)
        open_on(made)
        shared_boxes[kind] = SharedBox(made)
    yield shared_boxes[kind].moved(settings)
    shared_boxes[kind].rest()


@pytest.fixture
def quick(box):
    """A client with little patience."""
    return Client(BOX_URL, SHOP, SECRET, session=new_session({BOX_URL: InProcess(box)}), time_limit=0.3)


def save(shop, **said):
    return shop.send(profile.Set(**{"email": "anna@example.com", "first_name": "Anna"} | said))


def test_a_fault_before_a_call_leaves_it_undone_and_one_after_does_not(shop, keeper):
    shop.send(control.Inject(operation="profile.Set", status=500))
    shop.send(control.Inject(operation="profile.Set", status=500, when="after"))
    for is_saved in (False, True):
        with pytest.raises(Unreachable):
            save(shop)
        assert keeper.knows(email="anna@example.com") is is_saved
    save(shop)
    assert shop.send(control.Faults()) == []


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_call_that_is_cut_off_is_one_of_which_nobody_knows(shop, keeper, when):
    shop.send(control.Inject(operation="promo_codes.Fetch", cut=True, when=when))
    with pytest.raises(Unreachable) as lost:
        shop.send(promo_codes.Fetch(id="1"))
    assert lost.value.changed == "maybe"


def test_a_late_answer_is_none_for_who_does_not_wait(shop, quick, keeper):
    shop.send(control.Inject(operation="profile.Set", delay=0.5, when="after"))
    with pytest.raises(Unreachable):
        save(quick)
    assert keeper.knows(email="anna@example.com")


def test_a_fault_says_what_it_answers(shop):
    shop.send(control.Inject(operation="profile.*", status=429, retry_after=100, times=0))
    with pytest.raises(TooMany):
        save(shop)
    shop.send(control.Mend())
    shop.send(control.Inject(operation="profile.Read", body="<html>", times=1))
    with pytest.raises(Garbled):
        shop.send(profile.Read(email="anna@example.com"))


def test_a_fault_is_for_so_many_calls_of_its_shop_and_operation(shop, other_shop):
    fault = shop.send(control.Inject(operation="profile.Set", status=422, times=2))
    other_shop.send(profile.Set(email="anna@example.com"))
    assert shop.send(segments.Get(email="anna@example.com")) == []
    for left in (1, 0):
        with pytest.raises(Refused):
            save(shop)
        told = [(each.id, each.left) for each in shop.send(control.Faults())]
        assert told == ([(fault.id, left)] if left else [])
    save(shop)


def test_a_fault_ends_by_itself_and_when_it_is_told_to(shop):
    shop.send(control.Inject(status=500, times=0, seconds=0.001))
    kept = shop.send(control.Inject(operation="profile.Set", status=500, times=0))
    threading.Event().wait(0.002)
    assert [fault.id for fault in shop.send(control.Faults())] == [kept.id]
    assert shop.send(control.Mend(id=kept.id)).mended == 1
    with pytest.raises(NotFound):
        shop.send(control.Mend(id=kept.id))
    save(shop)


@ON_SQLITE
@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "a fault has a delay, a status, a body or a cut"),
        ({"cut": True, "status": 500}, "a call that is cut off has no answer"),
        ({"status": 99}, "status"),
        ({"delay": 1e9}, "delay"),
        ({"delay": -1}, "delay"),
        ({"status": 500, "times": -1}, "times"),
        ({"status": 500, "seconds": 0}, "seconds"),
        ({"status": 500, "operation": "profile.Sat"}, "no operation has such a name"),
        ({"status": 500, "operation": "control.*"}, "no operation has such a name"),
        ({"status": 500, "when": "during"}, "when"),
    ],
)
def test_a_fault_that_makes_no_sense_is_refused_in_words(wire, said, words):
    answer = wire.post("/control/faults", json={"shop_id": SHOP} | said, headers=SECRETS)
    assert (answer.status_code, words in answer.json["message"]) == (400, True), answer.json
    assert wire.get("/control/faults", query_string={"shop_id": SHOP}, headers=SECRETS).json == []


@ON_SQLITE
@pytest.mark.parametrize("path", ["faults", "calls", "outbox", "clock", "idle"])
def test_the_secret_of_the_shop_is_needed(wire, path):
    for secret in ({}, {"X-Shop-Secret": "other-secret"}):
        assert wire.get(f"/control/{path}", query_string={"shop_id": SHOP}, headers=secret).status_code == 403
    assert wire.get(f"/control/{path}", query_string={"shop_id": "no"}, headers=SECRETS).status_code == 401


def test_there_is_no_control_unless_it_is_switched_on(settings):
    plain = create_box(settings.model_copy(update={"box_control": False})).test_client()
    assert plain.get("/control/faults", query_string={"shop_id": SHOP}, headers=SECRETS).status_code == 404
    asked = {"Origin": "http://localhost:3000", "Access-Control-Request-Method": "GET"}
    assert "Access-Control-Allow-Origin" not in plain.options("/profile", headers=asked).headers


def test_calls_are_noted_with_what_became_of_them_and_without_secrets(shop, wire):
    shop.send(control.Inject(operation="profile.Set", cut=True))
    save(shop)  # the client tries again by itself
    wire.get("/segments/get", query_string={"shop_id": SHOP, "shop_secret": "wrong", "email": "anna@example.com"})
    with pytest.raises(NotFound):
        shop.send(profile.Read(email="nobody@example.com"))
    noted = shop.send(control.Calls())
    assert [(call.operation, call.answered) for call in noted] == [
        ("profile.Set", None),
        ("profile.Set", 200),
        ("segments.Get", 403),
        ("profile.Read", 404),
    ]
    assert noted[1].parameters == {"email": "anna@example.com", "first_name": "Anna"}
    assert (noted[0].fault is None, noted[1].fault) == (False, None)
    assert SECRET not in repr(noted)
    assert "wrong" not in repr(noted)
    assert [call.id for call in shop.send(control.Calls(operation="profile.*", since=noted[1].id))] == [noted[3].id]


def test_what_is_very_long_is_noted_by_its_length(shop):
    save(shop, custom_properties={"long": "x" * 20_000})
    assert "characters" in shop.send(control.Calls())[0].parameters["custom_properties"]


def test_the_outbox_is_waited_for(shop, wire, box):
    shop.send(control.Seed(campaigns=[{"code": "hi", "name": "Hi", "kind": "sms", "templates": {"sms": {"en": TEXT}}}]))
    later = threading.Timer(0.2, lambda: shop.send(messages.Sms(phone="79990000001", code="hi", variables={"n": "5"})))
    later.start()
    (sent,) = shop.send(control.Outbox(to="79990000001", campaign="hi", channel="sms", wait=20))
    later.join()
    assert (sent.parts, sent.missing, sent.campaign) == ({"text": "Your code is 5"}, [], "hi")
    assert shop.send(control.Outbox(since=sent.id, wait=0.1)) == []
    assert shop.send(control.Outbox(to="somebody else")) == []


TEXT = {"text": "Your code is {{ n }}"}


def test_the_clock_goes_ahead_stands_still_and_is_right_again(shop, keeper):
    moment = datetime(2031, 5, 6, 7, 8, tzinfo=UTC)
    assert shop.send(control.SetClock(now=moment, stands_still=True)).now == moment
    save(shop)
    assert keeper.profile(email="anna@example.com") is not None
    assert shop.send(control.Calls())[0].at == moment
    ahead = shop.send(control.SetClock(ahead=3600))
    assert timedelta(minutes=59) < ahead.now - datetime.now(UTC) < timedelta(minutes=61)
    assert shop.send(control.SetClock()).ahead == 0.0
    assert not shop.send(control.Clock()).stands_still


@ON_SQLITE
def test_a_short_link_ends_by_the_clock_of_the_box(shop, wire):
    (link,) = shop.send(links.Create(links=[links.Link(url="https://shop.test", lifetime=1)]))
    path = link.url[link.url.rindex("/") :]
    assert wire.get(path).status_code == 302
    shop.send(control.SetClock(ahead=2 * 24 * 3600))
    assert wire.get(path).status_code == 404


def test_what_ends_by_time_ends_as_the_clock_jumps(shop, wire):
    (made,) = shop.send(links.Create(links=[links.Link(url="https://shop.example.com/a", lifetime=30)]))
    path = f"/{made.url.rpartition('/')[2]}"
    for days, status in ((29, 302), (31, 404), (0, 302)):
        shop.send(control.SetClock(ahead=days * 86_400))
        assert wire.get(path).status_code == status


@ON_SQLITE
@pytest.mark.parametrize(
    "said", [{"now": "yesterday"}, {"ahead": 1e12}, {"now": "9999-01-01"}, {"now": "2027-01-01", "ahead": 5}]
)
def test_a_time_that_makes_no_sense_is_refused(wire, said):
    answer = wire.put("/control/clock", json={"shop_id": SHOP} | said, headers=SECRETS)
    assert answer.status_code == 400, answer.json
    assert wire.get("/control/clock", query_string={"shop_id": SHOP}, headers=SECRETS).json["ahead"] == 0.0


def test_idle_says_whether_the_worker_has_done_everything(shop, settings):
    shop.send(imports.Audience(audience=[{"email": "boris@example.com"}]))
    assert shop.send(control.Idle()).model_dump() == {"idle": False, "waiting": 1}
    work_until_idle(settings)
    assert shop.send(control.Idle(wait=5)).idle


def test_a_reset_empties_one_shop_alone(shop, other_shop, keeper):
    save(shop)
    other_shop.send(profile.Set(email="anna@example.com"))
    shop.send(control.Inject(operation="profile.Set", status=500))
    shop.send(control.SetClock(ahead=1e6))
    made = shop.send(control.Reset(seed="none"))
    assert (made.customers, made.products, made.waiting) == (0, 0, 0)
    assert shop.send(control.Faults()) == shop.send(control.Calls()) == []
    assert shop.send(control.Clock()).ahead == 0.0
    assert other_shop.send(segments.Get(email="anna@example.com")) == []


@ON_SQLITE
def test_a_reset_fills_a_shop_like_the_demo(shop, keeper):
    keeper.save(email="left@example.com")
    assert shop.send(control.Reset()).customers == 60
    assert keeper.segments(email="anna.kowalska@example.com")
    assert not keeper.knows(email="left@example.com")


FILE = {
    "segments": [{"id": 7, "name": "Testers"}, {"id": 8, "name": "Women", "rule": [{"field": "gender", "is": "f"}]}],
    "campaigns": [{"code": "hi", "name": "Hi", "kind": "sms", "templates": {"sms": {"en": TEXT}}}],
    "promo_lists": [{"id": "99", "name": "Spring", "codes": ["A-1", "A-2", "A-1"]}],
    "blocks": [{"code": "front", "name": "Front page", "rule": "popular"}],
    "calls": [
        {"operation": "profile.Set", "parameters": {"email": "test@example.com", "gender": "f"}},
        {"operation": "segments.Add", "parameters": {"email": "test@example.com", "segment_id": "7"}},
    ],
}


def test_a_file_is_put_into_a_shop_and_again(shop, keeper):
    for _ in range(2):
        assert shop.send(control.Seed(**FILE)).customers == 1
    assert sorted(keeper.segments(email="test@example.com")) == [2, 7, 8]
    given = [shop.send(promo_codes.Fetch(id="99")).code for _ in range(2)]
    assert given == ["A-1", "A-2"]
    assert shop.send(control.Calls(operation="profile.Set")) == []


@ON_SQLITE
@pytest.mark.parametrize(
    ("call", "words"),
    [
        ({"operation": "profile.Sat"}, "calls.1.operation: there is no profile.Sat. Nothing was changed"),
        ({"operation": "control.Reset"}, "calls.1.operation: there is no control.Reset. Nothing was changed"),
        ({"operation": "segments.Add", "parameters": {"segment_id": "7"}}, "calls.1: What stands before it was done"),
    ],
)
def test_a_file_that_cannot_be_put_says_where(wire, call, words):
    said = {"shop_id": SHOP, "calls": [FILE["calls"][0], call]}
    answer = wire.post("/control/seed", json=said, headers=SECRETS)
    assert (answer.status_code, answer.json["message"].startswith(words)) == (400, True), answer.json


@ON_SQLITE
def test_browsers_may_call_from_this_machine_and_from_sites_that_are_named(wire, box):
    asked = {"Origin": "http://localhost:3000", "Access-Control-Request-Method": "POST"}
    allowed = wire.options("/profile/set", headers=asked)
    assert (allowed.status_code, allowed.headers["Access-Control-Allow-Origin"]) == (204, "http://localhost:3000")
    assert "X-Shop-Secret" in allowed.headers["Access-Control-Allow-Headers"]
    read = wire.get("/control/clock", query_string={"shop_id": SHOP}, headers=SECRETS | {"Origin": "http://[::1]"})
    assert read.headers["Access-Control-Allow-Origin"] == "http://[::1]"
    for origin in ("https://shop.example", "null", "http://localhost.evil.example", "http://["):
        answer = wire.get("/segments/get", query_string={"shop_id": SHOP}, headers={"Origin": origin})
        assert "Access-Control-Allow-Origin" not in answer.headers, origin
    named = {
        "settings": box.extensions["settings"].model_copy(update={"box_origins": "https://shop.example/, https://b"})
    }
    box.extensions |= named
    answer = wire.get("/segments/get", query_string={"shop_id": SHOP}, headers={"Origin": "https://shop.example"})
    assert answer.headers["Access-Control-Allow-Origin"] == "https://shop.example"


@ON_SQLITE
def test_the_pages_of_the_box_are_for_no_script_of_another_site(wire):
    for path in ("/outbox", "/events", "/imports"):
        answer = wire.get(path, headers={"Origin": "http://localhost:3000"})
        assert "Access-Control-Allow-Origin" not in answer.headers
