"""Imports of records (orders, their statuses, bonus accounts): what was brought, what the check found, what was sent.

The records are encrypted and cut into parts; a part points at the act that sends it before it is sent.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, Text, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app import vault
from app.secret_key import SecretKey
from app.store.acts import Act
from app.store.base import Base, Id, Json, Moment
from app.store.paging import ALWAYS, Between, in_chunks, within
from app.store.sweeping import delete_some

PART = 500  # records in one call
Record = dict[str, Any]


class RecordImport(Base):
    """A file of records. state: checked (nobody let it run yet), running, done.

    `figures` are the totals of the check; `problems` are [row, what, code] of what is left out, `warnings` of what is
    sent all the same. They name fields and rows, and nobody.
    """

    __tablename__ = "record_imports"
    __table_args__ = (Index("ix_record_imports_shop", "shop_id", "kind", "id"), Index("ix_record_imports_at", "at"))

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(8))
    shop_id: Mapped[int]
    at: Mapped[Moment]
    person_id: Mapped[int]
    person: Mapped[str] = mapped_column(String(120))  # the name at that time
    kind: Mapped[str] = mapped_column(String(16))
    source: Mapped[str] = mapped_column(String(200), default="")  # the file's name; empty when it was pasted
    state: Mapped[str] = mapped_column(String(8), default="checked")
    rows: Mapped[int] = mapped_column(default=0)  # records that are sent
    figures: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    problems: Mapped[list[Any]] = mapped_column(Json, default=list)
    warnings: Mapped[list[Any]] = mapped_column(Json, default=list)
    reason: Mapped[str | None] = mapped_column(Text)
    file_id: Mapped[int | None]  # of brought_files, while it is there
    header: Mapped[list[str]] = mapped_column(Json, default=list, server_default="[]")
    headings: Mapped[str | None] = mapped_column(String(64))  # digest of the header
    columns: Mapped[dict[str, str]] = mapped_column(Json, default=dict, server_default="{}")  # place -> field


class RecordPart(Base):
    """Some records of an import; what became of them stands at its act."""

    __tablename__ = "record_parts"
    __table_args__ = (
        Index("ix_record_parts_import", "import_id", "place"),
        Index("ix_record_parts_act", "act_id"),
    )

    id: Mapped[Id]
    import_id: Mapped[int] = mapped_column(ForeignKey("record_imports.id", ondelete="CASCADE"))
    place: Mapped[int]
    number: Mapped[int]  # of records
    locked: Mapped[str] = mapped_column(Text, info=vault.LOCKED)
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))
    act: Mapped[Act | None] = relationship(lazy="joined")

    @property
    def outcome(self) -> str:
        return self.act.outcome if self.act else "waiting"

    def records(self, key: SecretKey) -> list[Record]:
        found: list[Record] = json.loads(vault.unlock(self.locked, key))
        return found


class Taken(Exception):
    """Somebody else sends this part, or did."""


def add(db: Session, batch: RecordImport, records: Sequence[Record], key: SecretKey) -> RecordImport:
    """Keep an import with its records."""
    db.add(batch)
    db.flush()
    batch.rows = len(records)
    _add_parts(db, batch, records, key)
    return batch


def _add_parts(db: Session, batch: RecordImport, records: Sequence[Record], key: SecretKey) -> None:
    for place, first in enumerate(range(0, len(records), PART)):
        some = records[first : first + PART]
        locked = vault.lock(json.dumps(some, ensure_ascii=False), key)
        db.add(RecordPart(import_id=batch.id, place=place, number=len(some), locked=locked))


def replace(db: Session, import_id: int, fresh: RecordImport, records: Sequence[Record], key: SecretKey) -> None:
    """Put another check of the same file in the place of the one before; what runs already stays as it is."""
    batch = db.get_one(RecordImport, import_id, with_for_update=True)
    if batch.state != "checked":
        return
    db.execute(delete(RecordPart).where(RecordPart.import_id == import_id))
    batch.figures, batch.problems, batch.warnings = fresh.figures, fresh.problems, fresh.warnings
    batch.columns, batch.rows = fresh.columns, len(records)
    _add_parts(db, batch, records, key)


def with_headings(db: Session, shop_id: int, kind: str, headings: str) -> RecordImport | None:
    """The last import of a kind whose file had the same headings."""
    same = of_shop(shop_id, [kind]).where(RecordImport.headings == headings)
    return db.scalar(same.order_by(RecordImport.id.desc()).limit(1))


def of_shop(shop_id: int, kinds: Collection[str], state: str = "", between: Between = ALWAYS) -> Select[RecordImport]:
    query = select(RecordImport).where(RecordImport.shop_id == shop_id, RecordImport.kind.in_(kinds))
    return within(query.where(RecordImport.state == state) if state else query, RecordImport.at, between)


def last_sent(db: Session, shop_id: int, kind: str) -> RecordImport | None:
    """The import of a kind that was let run last."""
    sent = of_shop(shop_id, [kind]).where(RecordImport.state != "checked")
    return db.scalar(sent.order_by(RecordImport.id.desc()).limit(1))


def move(db: Session, import_id: int, before: str, then: str, **more: Any) -> bool:
    """Move it on; of two clicks only one does."""
    here = update(RecordImport).where(RecordImport.id == import_id, RecordImport.state == before)
    moved = db.execute(here.values(state=then, **more))
    return bool(moved.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it


def next_part(db: Session, import_id: int) -> RecordPart | None:
    query = select(RecordPart).where(RecordPart.import_id == import_id, RecordPart.act_id.is_(None))
    return db.scalar(query.order_by(RecordPart.place).limit(1))


def parts_of(db: Session, import_id: int) -> Iterator[RecordPart]:
    """Give the parts in their order, a few in memory at a time."""
    return in_chunks(db, select(RecordPart).where(RecordPart.import_id == import_id), RecordPart.place, 4)


def part_at(db: Session, import_id: int, place: int) -> RecordPart | None:
    return db.scalar(select(RecordPart).where(RecordPart.import_id == import_id, RecordPart.place == place))


def counts(db: Session, import_id: int) -> dict[str, int]:
    """Count the records by what became of their part."""
    found: dict[str, int] = {}
    query = select(RecordPart.number, RecordPart.act_id).where(RecordPart.import_id == import_id)
    rows = list(db.execute(query))
    acts = {
        act.id: act.outcome for act in db.scalars(select(Act).where(Act.id.in_({row[1] for row in rows if row[1]})))
    }
    for number, act_id in rows:
        outcome = acts.get(act_id or 0, "waiting")
        found[outcome] = found.get(outcome, 0) + number
    return found


def take(db: Session, part_id: int, act_id: int) -> None:
    """Say which act sends a part; only one can."""
    mine = update(RecordPart).where(RecordPart.id == part_id, RecordPart.act_id.is_(None))
    if not db.execute(mine.values(act_id=act_id)).rowcount:  # type: ignore[attr-defined]  # as above
        raise Taken


def let_go(db: Session, import_id: int, act_ids: Collection[int]) -> None:
    """Let parts be sent again: those that surely never arrived, or those of which a person says so."""
    mine = update(RecordPart).where(RecordPart.import_id == import_id, RecordPart.act_id.in_(act_ids))
    db.execute(mine.values(act_id=None))


def acts_in(db: Session, import_id: int, outcomes: Collection[str]) -> list[int]:
    """Name the acts of an import that ended in one of these ways."""
    query = select(Act).join(RecordPart, RecordPart.act_id == Act.id).where(RecordPart.import_id == import_id)
    return [act.id for act in db.scalars(query) if act.outcome in outcomes]


def left(db: Session, import_id: int) -> int:
    query = select(func.count()).select_from(RecordPart)
    return db.scalar(query.where(RecordPart.import_id == import_id, RecordPart.act_id.is_(None))) or 0


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some imports of long ago with their records; True when there may be more."""
    return delete_some(db, RecordImport, RecordImport.at < before)
