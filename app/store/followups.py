"""Who looks after what a report named, and how far they are: a search without results, a bad review.

Reports come from REES46 anew each time; what people decided about a line of one is kept here, under the line's name.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Moment, now

if TYPE_CHECKING:
    from collections.abc import Collection

QUERY, REVIEW = "query", "review"  # kinds
AT_ONCE = 500  # names in one IN list
LONGEST_NOTE = 500


class FollowUp(Base):
    """What was decided about one line of a report."""

    __tablename__ = "followups"
    __table_args__ = (UniqueConstraint("shop_id", "kind", "thing"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    thing: Mapped[str] = mapped_column(String(255))  # the words of a query; the number of a review
    state: Mapped[str] = mapped_column(String(16), default="open")
    owner: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(String(LONGEST_NOTE), default="")
    changed: Mapped[Moment]


def of(db: Session, shop_id: int, kind: str, things: Collection[str]) -> dict[str, FollowUp]:
    """Give what was decided about these, by their names."""
    wanted = sorted(set(things))
    rows: dict[str, FollowUp] = {}
    for place in range(0, len(wanted), AT_ONCE):
        query = select(FollowUp).where(
            FollowUp.shop_id == shop_id, FollowUp.kind == kind, FollowUp.thing.in_(wanted[place : place + AT_ONCE])
        )
        rows |= {row.thing: row for row in db.scalars(query)}
    return rows


def decide(db: Session, shop_id: int, kind: str, thing: str, *, state: str, owner: str, note: str) -> None:
    """Keep what was decided in place of what was decided before."""
    same = select(FollowUp).where(FollowUp.shop_id == shop_id, FollowUp.kind == kind, FollowUp.thing == thing)
    row = db.scalar(same)
    if row is None:
        with suppress(IntegrityError), db.begin_nested():  # somebody else decides about it at the same moment
            db.add(FollowUp(shop_id=shop_id, kind=kind, thing=thing))
        row = db.scalars(same).one()
    row.state, row.owner, row.note, row.changed = state, owner.strip(), note.strip(), now()
