"""Sealing the trail, and letting go of acts of long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from structlog import get_logger

from app.store import seals, trail_check, trail_stream
from app.web.context import desk, settings
from app.work.schedules import schedule, sweeper
from app.work.streaming import send

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

AT_ONCE, MOST_PARTS = 500, 20  # lines, and how often in a minute
KEPT_DAYS = 3 * 365 + 1


@schedule("trail.seal", "* * * * *", label=_l("Seal the audit trail"), at_start=True)
def seal() -> None:
    """Seal what was written since, a short transaction after the other."""
    is_any = False
    while True:
        with desk().writing() as db:
            sealed = seals.seal_some(db, settings().key)
        if sealed is None:
            break
        is_any = True
    if is_any:
        keep_head()


@schedule("trail.stream", "* * * * *", label=_l("Send the audit trail to DESK46_TRAIL_STREAM"))
def stream() -> None:
    """Let sealed entries leave, some at a time; what could not leave is tried again in a minute, and may come twice."""
    destination = settings().trail_stream
    for _part in range(MOST_PARTS if destination else 0):
        with desk().reading() as db:
            lines = trail_stream.next_lines(db, AT_ONCE)
        if not lines:
            return
        try:
            send(destination, lines)
        except OSError as error:
            get_logger("app.trail").error("the trail did not leave", why=error.strerror or type(error).__name__)
            return
        with desk().writing() as db:
            trail_stream.left(db, lines[-1])


@sweeper("trail.forget", "5 4 * * *", label=_l("Let go of acts of the audit trail"), days=KEPT_DAYS)
def forget(db: Session, before: datetime) -> bool:
    return seals.forget_old(db, before, settings().key)


def keep_head() -> None:
    """Say which seal is the newest, unless newer ones were cut off: that stays to be seen."""
    with desk().reading() as db:
        is_there = (settings().var / trail_check.HEAD).exists()
        if is_there and list(trail_check.head_troubles(db, settings().key, settings().var)):
            get_logger("app.trail").error("the newest seals are not those of trail-head: call --verify-trail")
            return
        trail_check.write_head(db, settings().key, settings().var)
