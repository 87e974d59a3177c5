"""A run of test events: keeping it, sending its steps as work in parts, and looking at the device between them."""

from __future__ import annotations

import secrets
from functools import partial
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.pages.events.kinds import CUSTOM, DEVICE, INIT, LABELS, ORDER, call_of
from app.pages.events.snapshots import look
from app.store import event_runs
from app.store.base import now
from app.store.event_runs import EventRun, EventStep, Taken
from app.web.context import desk
from app.web.page import MARKETERS
from app.web.rees46 import About, act
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.batches import batch_of, queue
from app.work.kinds import Progress, kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from app.pages.events.forms import TryForm
    from app.pages.events.script import Step
    from app.store.works import Work
    from app.web.rees46 import Ended

KIND = "events.run"


def new_run(form: TryForm) -> EventRun:
    """Describe a run as the form says it: with the device of this person's last one, or with a new one."""
    run = EventRun(
        shop_id=shop().id,
        person_id=me().id,
        person=me().name,
        stream=(form.stream.data or "").strip() or None,
        letter=form.letter.data or None,
        reason=(form.reason.data or "").strip() or None if shop().kind == "live" else None,
        once=form.once.data or secrets.token_hex(8),
    )
    with desk().reading() as db:
        last = event_runs.last_of(db, run.shop_id, run.person_id) if form.device.data == "same" else None
    run.did = last.did if last else f"{DEVICE}{secrets.token_hex(6)}"
    run.seance = last.seance if last else secrets.token_hex(8)
    return run


def keep(run: EventRun, steps: Sequence[Step]) -> EventRun:
    """Keep a run with its steps, and queue them; a new device begins a visit first."""
    with desk().writing() as db:
        is_new = run.did not in _dids(db, run)
        every: list[Step] = [(INIT, {}), *steps] if is_new else list(steps)
        run.steps = [
            EventStep(place=place, event=event, said=_with_order(event, said))
            for place, (event, said) in enumerate(every)
        ]
        run.title = " → ".join(str(LABELS[event]) for event, _said in steps)[:200]
        kept = event_runs.add(db, run)
        if kept is run:
            queue(db, KIND, run.key, run.title, len(every))
    return kept


def _dids(db: Session, run: EventRun) -> set[str]:
    last = event_runs.last_of(db, run.shop_id, run.person_id)
    return {last.did} if last else set()


def _with_order(event: str, said: dict[str, Any]) -> dict[str, Any]:
    """Number a test order, so that nobody takes it for one of a customer, and it is not counted twice."""
    return {"order_id": f"{ORDER}{secrets.token_hex(4).upper()}", **said} if event == "purchase" else said


@kind(KIND, label=_l("Send test events"), page="events.run", needs=MARKETERS, is_repeatable=False)
def send_next(work: Work) -> Progress:
    """Look at the device, send the next event, and look again."""
    with desk().reading() as db:
        run = batch_of(db, EventRun, work)
    step = next((one for one in run.steps if one.act_id is None), None)
    if step is not None:
        if not run.before:
            run.before = look(run, _item_of(run.steps))
            with desk().writing() as db:
                db.get_one(EventRun, run.id).before = run.before
        _send(run, step)
        look_again(run, step)
    left = sum(one.act_id is None for one in run.steps) - (step is not None)
    return Progress(len(run.steps) - left, len(run.steps), is_over=left <= 0)


def _item_of(steps: Sequence[EventStep]) -> str | None:
    """Find the product that blocks are asked for: the last one that any event names."""
    named = [items[-1][0] for step in steps if (items := step.said.get("items"))]
    return named[-1] if named else None


def _send(run: EventRun, step: EventStep) -> None:
    about = About(
        reason=run.reason,
        after={"test_device": run.did, "run": run.key},
        begun=lambda db, row: event_runs.take(db, step.id, row.id),
        ended=partial(_ended, run=run, step=step),
    )
    try:
        act(call_of(run, step.event, step.said), about)
    except Taken:
        return


def _ended(db: Session, ended: Ended, *, run: EventRun, step: EventStep) -> None:
    if ended.state == "failed":
        event_runs.let_go(db, step.id)
    if ended.state == "done" and step.event == CUSTOM:
        event_runs.keep_custom(db, run.shop_id, str(step.said.get("name")), tried=now())


def look_again(run: EventRun, step: EventStep) -> None:
    """Keep what REES46 says of the device behind a step."""
    found = look(run, _item_of(run.steps))
    with desk().writing() as db:
        db.get_one(EventStep, step.id).after = found
