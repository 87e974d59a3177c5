"""Seals over the trail: whatever was changed, taken out, put in or cut off since is found, and nothing else."""

import random
from contextlib import suppress
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import delete, select, update

from app.run.commands import verify_trail
from app.secret_key import SecretKey
from app.store import acts, customers, erasing, re_encrypting, seals, trail_check
from app.store.acts import Act, done_at_once
from app.store.base import now
from app.store.promo_handouts import PromoHandout
from app.store.seal_keys import Signer
from app.store.seals import Anchor, Entry, Seal
from app.store.trail_check import HEAD
from tests.furnishing import settings_in
from tests.schedules import run

MINUTE = timedelta(minutes=1)
SHORT = "test_tampering_of_every_kind_is_found_each_time"


class Undo(Exception):
    """What was tampered with is put back."""


@pytest.fixture
def clock():
    """A clock that a test moves."""
    with time_machine.travel(now(), tick=False) as clock:
        yield clock


def act(number, **more):
    facts = {"person": "Ann", "person_id": 1, "shop_id": 1, "what": "segments.Add", "asked": {"who": f"{number}@x.y"}}
    return Act(**facts | more)


def some_days(app, desk, clock, seals_wanted=8, acts_each=4):
    """A trail that was sealed minute by minute."""
    for minute in range(seals_wanted):
        clock.shift(MINUTE)
        with desk.writing() as db:
            db.add_all(done_at_once(act(f"{minute}-{number}")) for number in range(acts_each))
            db.add(act("under way", until=None))
        clock.shift(MINUTE)
        run("trail.seal", app)
    clock.shift(10 * MINUTE)


@pytest.fixture
def sealed(app, desk, clock):
    some_days(app, desk, clock)


@pytest.fixture
def found(desk, settings):
    """What checking finds, in words."""

    def found(*keys):
        with desk.reading() as db:
            key = SecretKey((*keys, *settings.key.parts))
            return trail_check.check(db, key, settings.var).troubles

    return found


def test_a_trail_that_nobody_touched_is_whole(desk, sealed, found, settings, capsys):
    assert found() == []
    assert verify_trail(settings) == 0
    assert "as it was sealed" in capsys.readouterr().out
    with desk.reading() as db:
        assert len(list(db.scalars(select(Seal)))) == 8


def test_what_ends_later_or_is_settled_later_is_sealed_again(app, desk, clock, sealed, found):
    with desk.writing() as db:
        open_acts = list(db.scalars(select(Act).where(Act.written == "trying").order_by(Act.id)))
        acts.end(db, open_acts[0].id, "done", after={"x": 1})
        acts.end(db, open_acts[1].id, "unknown")
    clock.shift(MINUTE)
    run("trail.seal", app)
    with desk.writing() as db:
        assert acts.settle(db, db.get_one(Act, open_acts[1].id), "done", "I looked", act("by", what="trail.Settle"))
    clock.shift(MINUTE)
    run("trail.seal", app)
    assert found() == []
    with desk.writing() as db:
        db.execute(update(Act).where(Act.id == open_acts[1].id).values(verdict="failed"))
    assert [(one.what, one.fields) for one in found()] == [("changed", ("facts",))]


def test_nothing_to_seal_makes_no_seal(app, desk, clock, sealed):
    run("trail.seal", app)
    with desk.reading() as db:
        assert len(list(db.scalars(select(Seal)))) == 8


def test_erasing_somebody_breaks_no_seal_and_changing_what_is_left_does(app, desk, clock, sealed, found, settings):
    with desk.writing() as db:
        customer = customers.remember(db, 1, "email", "0-1@x.y")
        db.execute(update(Act).where(Act.written == "done").values(customer_id=customer.id))
        db.execute(update(Act).values(sealed=0))
        db.execute(delete(Entry))
        db.execute(delete(Seal))
    (settings.var / HEAD).unlink()
    run("trail.seal", app)
    assert found() == []
    with desk.writing() as db:
        erasing.erase(db, 1, [customer.id], [("email", "0-1@x.y")], settings.key)
    assert found() == []
    run("trail.seal", app)
    assert found() == []
    with desk.reading() as db:
        assert "@x.y" not in str(
            [(one.asked, one.reason) for one in db.scalars(select(Act).where(Act.customer_id > 0))]
        )
    with desk.writing() as db:
        db.execute(update(Act).where(Act.customer_id == customer.id).values(asked={"who": "erased-somebody else"}))
    assert {one.what for one in found()} == {"changed"}


def test_retention_leaves_a_signed_anchor_and_keeps_what_a_ledger_points_at(app, desk, clock, sealed, found):
    with desk.writing() as db:
        first = db.scalars(select(Act).where(Act.written == "done").order_by(Act.id)).first()
        db.add(PromoHandout(list_id="1", reason="", shop_id=1, person="x", act_id=first.id))
    clock.shift(timedelta(days=2000))
    with desk.writing() as db:
        db.add_all([done_at_once(act("new")), *(done_at_once(act(number)) for number in range(3))])
    clock.shift(MINUTE)
    run("trail.seal", app)
    run("trail.forget", app)
    run("trail.seal", app)
    assert found() == []
    with desk.reading() as db:
        numbers = list(db.scalars(select(Act.id).where(Act.written == "done")))
        anchor = seals.last_anchor(db)
    assert first.id in numbers
    assert len(numbers) == 5
    assert anchor.acts > 20
    with desk.writing() as db:
        db.execute(update(Anchor).values(acts=1))
    assert [one.what for one in found()] == ["broken_anchor"]


def test_another_key_checks_nothing_and_an_older_one_still_does(app, desk, settings, clock, sealed):
    with desk.reading() as db:
        another = SecretKey.of("another")
        assert {trouble.what for trouble in trail_check.check(db, another, settings.var).troubles} >= {"unknown_key"}
        assert trail_check.check(db, SecretKey(("another", *settings.key.parts)), settings.var).is_whole


def test_a_missing_or_forged_head_is_told(settings, sealed, found):
    path = settings.var / HEAD
    whole = path.read_text()
    path.write_text(whole.replace('"number": 8', '"number": 7'))
    assert [one.what for one in found()] == ["no_head"]
    path.unlink()
    assert [one.what for one in found()] == ["no_head"]


def test_a_trail_is_whole_under_a_new_key_also_when_the_old_one_is_dropped(app, desk, settings, clock, sealed, found):
    old, both, new = settings.key.newest, SecretKey(("new", settings.key.newest)), SecretKey(("new",))
    list(re_encrypting.re_encrypt(desk, settings_in(settings.var, secret_key=f"new,{old}")))
    clock.shift(MINUTE)
    with desk.writing() as db:
        db.add(done_at_once(act("since")))
    clock.shift(MINUTE)
    for key in (both, new):
        with desk.writing() as db:
            assert (seals.seal_some(db, key) is None) == (key is new)
            assert trail_check.check(db, key, settings.var).is_whole
            trail_check.write_head(db, key, settings.var)
    with desk.writing() as db:  # whoever was told the old key seals everything anew
        db.execute(update(Act).where(Act.id == 1).values(person="Bob"))
        reseal(db, Signer.of(old))
        assert not trail_check.check(db, new, settings.var).is_whole


def reseal(db, signer):
    """Sign every seal and entry anew by a key."""
    mac = ""
    for entry in db.scalars(select(Entry)):
        row = db.get_one(Act, entry.act_id)
        entry.key_id, entry.digest = signer.id, seals.digest_of(row, signer, entry.stage)
        entry.commitments = seals.commitments_of(row, signer, entry.stage)
    for seal in db.scalars(select(Seal).order_by(Seal.id)):
        entries = db.scalars(select(Entry).where(Entry.seal_id == seal.id).order_by(Entry.id)).all()
        seal.key_id = signer.id
        seal.mac = mac = seals.mac_of_seal(signer, seal, mac, entries)


def test_sealing_on_hides_no_newest_entries_that_were_cut_off(app, desk, clock, sealed, found):
    with desk.writing() as db:
        cut_off(db, random.Random(1))
    for _minute in range(9):
        clock.shift(MINUTE)
        with desk.writing() as db:
            db.add(done_at_once(act("since")))
        clock.shift(MINUTE)
        run("trail.seal", app)
        assert {one.what for one in found()} & {"cut_off", "broken_seal"}


# Eight kinds of tampering; each is done by somebody who may write the database as they like, and has no key.


def change_a_fact(db, draw):
    """Another customer's act, outcome, time or stage."""
    values = draw.choice(
        [
            {"what": "segments.Remove"},
            {"person_id": 2},
            {"shop_id": None},
            {"written": "failed"},
            {"at": now() - timedelta(days=draw.randint(1, 9))},
            {"sealed": 0, "person_id": 2},
            {"sealed": 1, "what": "segments.Remove"},
        ]
    )
    db.execute(update(Act).where(Act.id == some(db, draw)).values(**values))


def change_a_personal_field(db, draw):
    """Another name, parameter, answer, reason or address."""
    values = draw.choice(
        [
            {"person": "Bob"},
            {"asked": {"who": "other@x.y"}},
            {"message": "x"},
            {"reason": "x"},
            {"before": {"x": 1}},
            {"ip": "10.0.0.1"},
            {"sealed": 0, "person": "Bob"},
            {"sealed": 1, "after": {"y": 2}},
        ]
    )
    db.execute(update(Act).where(Act.id == some(db, draw)).values(**values))


def take_out(db, draw):
    """An act, with or without its entries."""
    number = some(db, draw)
    if draw.random() < 0.5:
        db.execute(delete(Entry).where(Entry.act_id == number))
    db.execute(delete(Act).where(Act.id == number))


def put_in(db, draw):
    """An act of long ago that nobody did, marked as sealed or not, with an entry copied from another or without."""
    at = now() - timedelta(minutes=draw.randint(12, 20))  # the last seal is of ten minutes ago
    forged = done_at_once(act("forged", at=at, sealed=draw.choice([0, 2])))
    db.add(forged)
    db.flush()
    if draw.random() < 0.5:
        entry = db.scalars(select(Entry).where(Entry.act_id == some(db, draw))).first()
        kept = {name: getattr(entry, name) for name in ("stage", "why", "key_id", "digest", "commitments")}
        db.add(Entry(act_id=forged.id, seal_id=draw.choice([entry.seal_id, None]), **kept))


def swap(db, draw):
    """What two acts asked, or their entries."""
    one, other = draw.sample(list(db.scalars(select(Act).where(Act.written == "done"))), 2)
    if draw.random() < 0.5:
        one.asked, other.asked = other.asked, one.asked
        return
    first, second = (db.scalars(select(Entry).where(Entry.act_id == each.id)).first() for each in (one, other))
    first.act_id, second.act_id = second.act_id, first.act_id


def cut_off(db, draw):
    """The newest seals with all that they seal, so that what is left is whole."""
    last = db.scalar(select(Seal.id).order_by(Seal.id.desc()).limit(1)) - draw.randint(1, 6)
    gone = set(db.scalars(select(Entry.act_id).where(Entry.seal_id > last)))
    db.execute(delete(Entry).where(Entry.seal_id > last))
    db.execute(delete(Seal).where(Seal.id > last))
    db.execute(delete(Act).where(Act.id.in_(gone)))


def forge(db, draw):
    """A seal, by whoever has another key; or one taken out of the middle; or an anchor made up."""
    seal = draw.choice(list(db.scalars(select(Seal).order_by(Seal.id)))[:-1])
    way = draw.choice(["mac", "gone", "anchor"])
    if way == "mac":
        seal.mac = Signer.of("a guessed key").sign("seal", seal.id)
    elif way == "gone":
        db.execute(delete(Entry).where(Entry.seal_id == seal.id))
        db.delete(seal)
    else:
        facts = {"seal_id": seal.id, "seal_mac": seal.mac, "until": seal.until, "acts": 1, "key_id": seal.key_id}
        db.execute(delete(Entry).where(Entry.seal_id <= seal.id))
        db.execute(delete(Seal).where(Seal.id <= seal.id))
        db.add(Anchor(**facts, mac="0" * 64))


def swap_seals(db, draw):
    """Two seals with their entries, in each other's place."""
    one, other = draw.sample(list(db.scalars(select(Seal).order_by(Seal.id))), 2)
    for name in ("at", "until", "mac"):
        first, second = getattr(one, name), getattr(other, name)
        setattr(one, name, second)
        setattr(other, name, first)
    entries = {seal.id: [*db.scalars(select(Entry.id).where(Entry.seal_id == seal.id))] for seal in (one, other)}
    db.flush()
    for seal_id, taken in ((other.id, entries[one.id]), (one.id, entries[other.id])):
        db.execute(update(Entry).where(Entry.id.in_(taken)).values(seal_id=seal_id))


def some(db, draw):
    return draw.choice(list(db.scalars(select(Act.id).where(Act.written == "done"))))


KINDS = [change_a_fact, change_a_personal_field, take_out, put_in, swap, swap_seals, cut_off, forge]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "times", [pytest.param(2, id="few"), pytest.param(17, id="many", marks=pytest.mark.trial(short=SHORT))]
)
def test_tampering_of_every_kind_is_found_each_time(desk, settings, sealed, found, kind, times):
    """17 of each of eight kinds are 136 trials; the day's tests do 2 of each. Each is undone before the next."""
    unfound = []
    for seed in range(times):
        with suppress(Undo), desk.writing() as db:
            kind(db, random.Random(f"{kind.__name__} {seed}"))  # the same every time
            db.flush()
            report = trail_check.check(db, settings.key, settings.var)
            raise Undo
        if report.is_whole:
            unfound.append(seed)
    assert unfound == []
    assert found() == []
