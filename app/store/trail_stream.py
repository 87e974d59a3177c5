"""What of the trail has left for a file or a syslog: how far, and the lines that are next.

A line says that, when and in whose name something was done and how it ended, and leaves out what names a person:
names, addresses, parameters, reasons, answers. It is about a sealed entry, so lines go in the order of the seals.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, and_, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.acts import Act
from app.store.base import Base, Moment, now
from app.store.seals import BEGUN, ENDED, SETTLED, Entry, Seal

TRAIL = "trail"
STAGES = {BEGUN: "begun", ENDED: "ended", SETTLED: "settled"}
FIELDS = ("what", "at", "person_id", "shop_id", "customer_id", "parent_id", "settles", "request_id")


class StreamPosition(Base):
    """The last entry that left, and its seal: a seal is whole, while numbers of entries may be taken out of turn."""

    __tablename__ = "stream_positions"

    name: Mapped[str] = mapped_column(String(16), primary_key=True)
    seal_id: Mapped[int]
    entry_id: Mapped[int]
    at: Mapped[Moment]


def next_lines(db: Session, most: int) -> list[dict[str, Any]]:
    """Give the next lines, oldest first."""
    query = select(Entry, Act).outerjoin(Act, Act.id == Entry.act_id).where(_after(db))
    return [_line(entry, act) for entry, act in db.execute(query.order_by(Entry.seal_id, Entry.id).limit(most))]


def _after(db: Session) -> ColumnElement[bool]:
    last = db.get(StreamPosition, TRAIL)
    if last is None:
        return Entry.seal_id.is_not(None)
    return or_(Entry.seal_id > last.seal_id, and_(Entry.seal_id == last.seal_id, Entry.id > last.entry_id))


def _line(entry: Entry, act: Act | None) -> dict[str, Any]:
    line = {"entry": entry.id, "act": entry.act_id, "stage": STAGES[entry.stage], "seal": entry.seal_id}
    if entry.why != "act":
        line["because"] = entry.why  # erased, kept
    if act is None:  # it was let go of meanwhile
        return line
    facts = {name: getattr(act, name) for name in FIELDS}
    if entry.stage >= ENDED:
        facts |= {"outcome": act.outcome, "ended": act.ended}
    return line | {name: _written(value) for name, value in facts.items() if value is not None}


def _written(value: Any) -> Any:
    return f"{value.isoformat(timespec='milliseconds')}Z" if isinstance(value, datetime) else value


def left(db: Session, line: dict[str, Any]) -> None:
    """Note that everything up to a line left."""
    row = db.get(StreamPosition, TRAIL) or StreamPosition(name=TRAIL)
    row.seal_id, row.entry_id, row.at = line["seal"], line["entry"], now()
    db.add(row)


def oldest_waiting(db: Session) -> datetime | None:
    """Say when the entry was sealed that waits longest; None where nothing waits."""
    query = select(Seal.at).join(Entry, Entry.seal_id == Seal.id).where(_after(db))
    return db.scalar(query.order_by(Entry.seal_id, Entry.id).limit(1))
