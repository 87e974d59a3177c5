"""What was done with the installation itself (upgrades, backups, restores): it stands in the trail, done by Desk46."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.store.acts import Act
from app.store.base import now

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BY = "Desk46"
ALL = ("upkeep.Backup", "upkeep.Restore", "upkeep.Upgrade", "upkeep.Undo", "upkeep.ReEncrypt")


def note_upkeep(
    db: Session, what: str, *, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
) -> Act:
    """Write it into the trail of the desk, as done."""
    moment = now()
    act = Act(what=what, person=BY, at=moment, ended=moment, written="done", until=None, before=before, after=after)
    db.add(act)
    db.flush()
    return act


def last(db: Session, what: str) -> Act | None:
    """Find when it was done last."""
    return db.scalar(select(Act).where(Act.what == what, Act.shop_id.is_(None)).order_by(Act.id.desc()).limit(1))


def latest(db: Session, most: int) -> list[Act]:
    """List what was done, newest first."""
    return list(
        db.scalars(select(Act).where(Act.what.in_(ALL), Act.shop_id.is_(None)).order_by(Act.id.desc()).limit(most))
    )
