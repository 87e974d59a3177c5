"""What must be true of an installation in which people and workers were killed: no act lost, none twice."""

from collections import Counter
from datetime import timedelta

import time_machine
from sqlalchemy import select

from app.engine.store.customers import Customer, Identity
from app.engine.store.jobs import Job
from app.engine.store.links import ShortLink as BoxLink
from app.engine.store.messages import Message
from app.engine.store.promo_codes import PromoCode
from app.engine.worker.main import work_until_idle
from app.store.acts import Act
from app.store.base import now
from app.store.promo_handouts import PromoHandout
from app.store.sends import Send
from app.store.short_links import ShortLink
from app.work.worker import Worker
from tests.trials.people import visitor_of

PAGE = "https://shop.example.com/killed"
UPLOADED, LINKS, PEOPLE = 250, 80, 200
MAY_HAVE_HAPPENED, DID_NOT = {"unknown"}, {"failed", "refused", "withdrawn"}


def begin(marketer, keeper):
    """Begin an upload of codes, a batch of links and an import, which workers end."""
    codes = "\n".join(f"BATCH-{number}" for number in range(UPLOADED))
    marketer.get("/promo_codes/upload").press("Check the codes", list="3184", codes=codes).press("Upload the codes")
    lines = "\n".join(f"{PAGE}/{number}" for number in range(LINKS))
    marketer.get("/links/shorten-many").press("Shorten the links", lines=lines)
    keeper(f"killed{number}@load.example" for number in range(PEOPLE))


def again(app, cookies, line):
    """Do a click again, as a person does whose browser was told nothing."""
    visitor_of(app, cookies).client.post(line["path"], data=line["data"])


def end(app, settings):
    """Let everything that waits be done, after every lease is over."""
    with time_machine.travel(now() + timedelta(minutes=20)):
        worker = Worker(app)
        while worker.step() or worker.clock.step():
            pass
        work_until_idle(settings)


def taken(box):
    """The codes that were handed out of lists."""
    with box.extensions["db"].reading() as there:
        return set(there.scalars(select(PromoCode.code).where(PromoCode.fetched.is_not(None))))


def held_to(desk, box, lines, taken_before, *, every=True):
    """Hold desk and box to what people clicked on; to `every` click, or to those that REES46 was well enough for."""
    hand_outs(lines, desk, taken(box) - taken_before, every=every)
    with desk.reading() as db, box.extensions["db"].reading() as there, time_machine.travel(now() + timedelta(hours=1)):
        acts = {act.id: act for act in db.scalars(select(Act))}
        assert [act.what for act in acts.values() if act.state in {"held", "trying"}] == []
        messages(lines, db, there, acts, every=every)
        links(db, there, acts)
        codes = there.scalars(select(PromoCode.code).where(PromoCode.code.like("BATCH-%"))).all()
        assert sorted(codes) == sorted(f"BATCH-{number}" for number in range(UPLOADED))
        imported(there)


def hand_outs(lines, desk, taken, *, every):
    """Each click took one code at most, and what the ledger says was taken was; a refused one may be tried again."""
    with desk.reading() as db, time_machine.travel(now() + timedelta(hours=1)):
        rows = db.scalars(select(PromoHandout)).all()
        outcomes = Counter(row.outcome for row in rows)
        effects = Counter(row.reason for row in rows if row.outcome not in DID_NOT)
    wanted = {line["name"] for line in lines if line["kind"] == "hand_out"}
    assert {row.reason for row in rows} <= wanted
    assert set(effects.values()) <= {1}
    assert not every or effects.keys() == wanted
    told = [row.code for row in rows if row.outcome == "done"]
    assert None not in told
    assert len(told) == len(set(told))
    assert taken >= set(told)
    assert len(taken) <= outcomes["done"] + outcomes["unknown"]


def messages(lines, db, there, acts, *, every):
    """Each click sent one message at most: one if it is done, none if it failed."""
    sent = Counter(" ".join(message.parts.values()) for message in there.scalars(select(Message)))
    sends = db.scalars(select(Send).where(Send.act_id.is_not(None)))
    drafts = {send.asked["variables"]["code"]: send for send in sends if acts[send.act_id].parent_id is None}
    wanted = [line["name"] for line in lines if line["kind"] == "send"]
    assert drafts.keys() <= set(wanted)
    assert not every or drafts.keys() == set(wanted)
    for name, draft in drafts.items():
        went, outcome = sum(count for text, count in sent.items() if name in text), acts[draft.act_id].outcome
        assert went <= 1, name
        assert outcome in MAY_HAVE_HAPPENED or went == (outcome not in DID_NOT), (name, outcome)


def links(db, there, acts):
    """Each row of the batch made one link at most, and those that are done are there."""
    made = Counter(there.scalars(select(BoxLink.url).where(BoxLink.url.like(f"{PAGE}/%"))))
    rows = db.scalars(select(ShortLink)).all()
    assert sorted(row.source for row in rows) == sorted(f"{PAGE}/{number}" for number in range(LINKS))
    assert set(made.values()) <= {1}
    for row in rows:
        outcome = acts[row.act_id].outcome if row.act_id else "waiting"
        assert outcome in MAY_HAVE_HAPPENED or made[row.source] == (outcome == "done"), (row.source, outcome)


def imported(there):
    """The import ended with each customer once."""
    assert {job.state for job in there.scalars(select(Job))} == {"done"}
    found = there.scalars(select(Identity.value).where(Identity.value.like("killed%@load.example"))).all()
    assert len(found) == len(set(found)) == PEOPLE
    assert there.query(Customer).count() >= PEOPLE
