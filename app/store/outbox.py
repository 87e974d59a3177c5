"""What waits in its undo window: nothing of it went out, and whoever may do it may take it back.

Its act is `held`, its work too, and due when the window ends; a worker lets it out then, whoever looks. While a brake
stops it, the window stands still, and has as much left afterwards as before.
Which acts wait: decisions.md#undo-windows.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session

from app.store import acts, works
from app.store.acts import Act
from app.store.base import now
from app.store.works import Work

if TYPE_CHECKING:
    from collections.abc import Collection

LOOK_AGAIN = timedelta(seconds=2)  # after finding a brake


def put(db: Session, work: Work, act: Act, seconds: int, lease: timedelta | None = None) -> Work:
    """Keep work with its one act: in the undo window of so many seconds, or to begin at once where there is none."""
    if seconds:
        acts.hold(db, act, timedelta(seconds=seconds))
        work.state, work.due = "held", act.until or now()
    else:
        act.written, act.until = "trying", None if lease is None else now() + lease
        acts.begin(db, act)
    work.act_id = act.id
    return works.add(db, work)


def take_back(db: Session, work: Work) -> bool:
    """Take work back before anything of it went out; False when it is too late, or somebody did so before."""
    if work.act_id is None or not acts.withdraw(db, work.act_id):
        return False
    here = update(Work).where(Work.id == work.id)
    db.execute(here.values(state="undone", wish="", until=None, owner=None, ended=now()))
    return True


def waiting(shop_id: int) -> Select[Work]:
    """What may still be taken back: in its window, or standing still before its first part."""
    held = select(Work).join(Act, Work.act_id == Act.id)
    return held.where(Work.shop_id == shop_id, Act.written == "held")


def hold_on(db: Session, work: Work) -> bool:
    """Leave it in its window, which a brake stops; somebody looks again soon."""
    return works.let_go(db, work, "held", due=now() + LOOK_AGAIN)


def thaw(db: Session, shop_id: int | None, since: datetime) -> None:
    """Let windows go on that stood still since a brake was put, in one shop or everywhere."""
    held = select(Work, Act).join(Act, Work.act_id == Act.id).where(Act.written == "held", Work.state == "held")
    if shop_id is not None:
        held = held.where(Work.shop_id == shop_id)
    for work, act in db.execute(held):
        act.until = (act.until or now()) + (now() - max(since, act.at))
        work.due = act.until


def of_acts(db: Session, act_ids: Collection[int]) -> dict[int, Work]:
    """Find the work of each act that is long work."""
    found = db.scalars(select(Work).where(Work.act_id.in_(act_ids)))
    return {work.act_id: work for work in found if work.act_id is not None}
