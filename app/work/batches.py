"""What pages do with the work on their batches: queue it, begin it at once, let it go on, say how it is."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, TypeVar

from flask import current_app, flash
from flask_babel import format_time
from flask_babel import gettext as _
from sqlalchemy import select

from app.store import outbox, workers, works
from app.store.base import Base, now
from app.store.works import Work
from app.web.context import desk
from app.web.safeguards import second_person
from app.web.safeguards.budgets import charge
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.worker import SECONDS, Worker

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.acts import Act

Batch = TypeVar("Batch", bound=Base)


def queue(db: Session, kind: str, subject: str, title: str = "", total: int = 0, *, act: Act | None = None) -> Work:
    """Queue work on a batch, in the transaction that keeps the batch; what stands still already goes on instead.

    With `act` it is new work, one act of the trail, which waits in its undo window before anything goes out, or for a
    second person first.
    """
    person, known = me(), works.of_subject(db, shop().id, kind, subject) if act is None else None
    if known and (known.state in {"awaiting", "held"} or works.resume(db, known.id, person.id, person.name)):
        return known
    work = Work(
        shop_id=shop().id,
        person_id=person.id,
        person=person.name,
        kind=kind,
        subject=subject,
        title=title[:200],
        total=total,
    )
    if act is None:
        return works.add(db, work)
    charge(db, act)
    rule = second_person.demanded(act, shop())
    return second_person.put(db, work, act, shop(), rule) if rule else outbox.put(db, work, act, me().undo_seconds)


def go_on(kind: str, subject: str, *, title: str = "", seconds: float | None = None) -> Work:
    """Let work go on, in the name of whoever says so, and do what can be done at once within this request.

    What is left is done by a worker. A batch of an older release has no work yet: it gets some.
    """
    with desk().writing() as db:
        work = queue(db, kind, subject, title)
    step_now(work.id, SECONDS if seconds is None else seconds)
    with desk().reading() as db:
        return db.get_one(Work, work.id)


def step_now(work_id: int, seconds: float = SECONDS) -> None:
    """Do of work what can be done within this request."""
    Worker(current_app._get_current_object()).step(work_id, seconds)  # type: ignore[attr-defined]  # noqa: SLF001  # as werkzeug's proxies are opened


def work_on(kind: str, subject: str) -> Work | None:
    """Find the work on a batch."""
    with desk().reading() as db:
        return works.of_subject(db, shop().id, kind, subject)


def go_on_and_tell(kind: str, subject: str, *, title: str = "", seconds: float | None = None) -> None:
    """Let work go on, as `go_on` does, and tell whoever asked what holds it up."""
    work = go_on(kind, subject, title=title, seconds=seconds)
    if work.trouble:
        flash(trouble_of(work), "danger")


def batch_of(db: Session, model: type[Batch], work: Work) -> Batch:
    """Find the batch that work is on, which is of the shop of the work."""
    return db.scalars(select(model).filter_by(key=work.subject, shop_id=work.shop_id)).one()


def is_anybody_there() -> bool:
    """Whether a worker is alive, so that work goes on by itself."""
    with desk().reading() as db:
        return workers.is_any_alive(db)


def seconds_left(work: Work) -> int | None:
    """Say about how long it takes, by how fast it went since it went on last; None while that is not known."""
    done = work.done - work.done_before
    if work.started is None or done <= 0:
        return None
    return round((now() - work.started).total_seconds() / done * max(work.total - work.done, 0))


def undo_seconds_left(work: Work) -> int:
    """How long work may still be taken back."""
    return max(0, ceil((work.due - now()).total_seconds()))


def trouble_of(work: Work) -> str:
    """Say why work stands still, in words."""
    goes_on = format_time(work.due, "medium")
    reasons = {
        "may not": _("%(person)s may not do this any more, or the shop is not in use.", person=work.person),
        "too many": _("The limit of calls a minute is reached. It goes on at %(time)s.", time=goes_on),
        "second person": _("A part of it would have to wait for a second person. Do that part alone."),
        "broke": _("Something in Desk46 broke. What was done stays; look before you go on."),
    }
    return reasons.get(work.trouble or "", work.trouble or "")
