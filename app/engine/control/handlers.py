"""Faults and the clock, set by the control API."""

from __future__ import annotations

from datetime import timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from app import control
from app.engine.answers import ANSWERED, Refusal, registered
from app.engine.store import clock
from app.engine.store import control as kept
from app.engine.store.control import ControlFault
from app.engine.store.db import Db
from app.engine.store.moments import plain

if TYPE_CHECKING:
    from app.engine.answers import Answered
    from app.rees46.operation import Operation


def init_app(controls: dict[type[Operation[Any]], Answered]) -> None:
    """Register the handlers."""
    for handler in (faults, inject, mend, time, set_time):
        registered(handler, controls)


def faults(db: Db, op: control.Faults) -> list[control.Fault]:
    """List those in force."""
    return [_told(fault) for fault in kept.faults(db, db.shop.id)]


def inject(db: Db, op: control.Inject) -> control.Fault:
    """Put a fault in force."""
    if not any(fnmatchcase(operation.name(), op.operation) for operation in ANSWERED):
        raise Refusal(400, "operation: no operation has such a name; profile.Set, profile.* and * are good ones")
    fault = ControlFault(
        shop_id=db.shop.id,
        operation=op.operation,
        before=op.when == "before",
        left=op.times or None,
        until=clock.machine_time() + timedelta(seconds=op.seconds) if op.seconds else None,
        **op.model_dump(include={"delay", "status", "body", "retry_after", "cut"}),
    )
    db.add(fault)
    db.flush()
    return _told(fault)


def mend(db: Db, op: control.Mend) -> control.Mended:
    """Take faults out of force."""
    mended = kept.mend(db, op.id)
    if op.id and not mended:
        raise Refusal(404, "There is no such fault in force")
    return control.Mended(mended=mended)


def time(db: Db, op: control.Clock) -> control.Time:
    """Tell the time."""
    return _time(db)


def set_time(db: Db, op: control.SetClock) -> control.Time:
    """Set the clock of the box, for all its shops."""
    here = clock.machine_time()
    ahead = (plain(op.now) - here).total_seconds() if op.now else op.ahead or 0.0
    clock.set_clock(db, ahead, here + timedelta(seconds=ahead) if op.stands_still else None)
    return _time(db)


def _time(db: Db) -> control.Time:
    row = clock.clock_of(db)
    if row is not None and row.stopped_at:
        ahead = (row.stopped_at - clock.machine_time()).total_seconds()
    else:
        ahead = row.ahead if row else 0.0
    return control.Time(now=db.now, ahead=round(ahead, 3), stands_still=bool(row and row.stopped_at))


def _told(fault: ControlFault) -> control.Fault:
    same = ("id", "operation", "delay", "body", "retry_after", "cut", "left", "met", "until")
    when: Any = "before" if fault.before else "after"
    return control.Fault(when=when, answers=fault.status, **{name: getattr(fault, name) for name in same})
