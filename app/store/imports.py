"""Imports: the files people brought, what became of each part and row of them, and how far the work got.

A part of a batch points at the act that sends it before it is sent: after a crash it is known which may have arrived.
Rows are kept as long as they are needed: those sent shrink to an identifier each, and all of it goes after a month.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, Select, String, Text, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.store.acts import Act
from app.store.base import Base, Id, Json, Moment
from app.store.import_problems import Problem
from app.store.paging import in_chunks
from app.vault import LOCKED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import datetime

PART = 500  # rows that are sent in one call
KEPT_FOR = timedelta(days=30)
SWEPT_AT_ONCE = 5  # batches, each with all its rows
LEASE = timedelta(seconds=60)  # longer than any one step works
AUDIENCE, SUPPRESSED = "audience", "suppressed"


class Batch(Base):
    """A file and what is to become of it.

    state: draft (columns to be chosen), checking, checked, running, accepted (REES46 has taken all of it), counting
    (looking what arrived), stopped (a person gave it up).
    """

    __tablename__ = "imports"
    __table_args__ = (
        Index("ix_imports_shop", "shop_id", "id"),
        Index("ix_imports_segment", "shop_id", "segment_id", "id"),
        Index("ix_imports_forgotten", "forgotten", "at"),
        Index("ix_imports_headings", "shop_id", "kind", "headings", "id"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(8))
    shop_id: Mapped[int]
    at: Mapped[Moment]
    person_id: Mapped[int | None]
    person: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[str] = mapped_column(String(16))
    source: Mapped[str] = mapped_column(String(200))  # the file's name; empty when it was pasted
    segment_id: Mapped[str | None] = mapped_column(String(255))
    state: Mapped[str] = mapped_column(String(16), default="draft")
    header: Mapped[list[str]] = mapped_column(Json, default=list)
    headings: Mapped[str | None] = mapped_column(String(64))  # digest of the names that stood in the file
    columns: Mapped[dict[str, str]] = mapped_column(Json, default=dict)  # place of the column -> what it is
    # Columns of which a bad cell is left out, not its row.
    lenient: Mapped[list[int]] = mapped_column(Json, default=list)
    file_id: Mapped[int | None]  # of brought_files, while it is there
    reading: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # encoding, sheet … by which the file was read
    rows: Mapped[int]
    parts: Mapped[int] = mapped_column(default=0)
    worked: Mapped[int] = mapped_column(default=0)  # parts of the present state that are behind us
    counts: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    lifts: Mapped[bool] = mapped_column(default=False)  # whether opt-outs may be turned on again
    reason: Mapped[str | None] = mapped_column(Text)
    ended: Mapped[Moment | None] = mapped_column(default=None)
    forgotten: Mapped[bool] = mapped_column(default=False)  # whether its rows were let go

    @property
    def is_at_work(self) -> bool:
        return self.state in {"checking", "running", "counting"}

    def count(self, name: str) -> int:
        return int(self.counts.get(name, 0))

    @property
    def to_send(self) -> int:
        """How many go out: those that are fit, and those that were held back and are to be sent all the same."""
        return self.count("good") + self.count("decided")

    @property
    def left_out(self) -> int:
        """How many rows stay here."""
        return self.count("bad") + self.count("held") - self.count("decided")


class Part(Base):
    """Some rows of a batch. `rows` are [number, cells], after sending [kind, identifier]."""

    __tablename__ = "import_parts"
    __table_args__ = (Index("ix_import_parts_batch", "batch_id", "id"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    batch_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(16), default="waiting")  # waiting, checked, accepted, counted
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))  # which sent it last
    act: Mapped[Act | None] = relationship(lazy="joined")
    rows: Mapped[list[Any]] = mapped_column(Json, default=list)
    skipped: Mapped[list[int]] = mapped_column(Json, default=list)  # numbers of rows that are not sent
    met: Mapped[dict[str, int]] = mapped_column(Json, default=dict)  # digest of an identifier -> its row, to find twins
    changes: Mapped[list[Any]] = mapped_column(Json, default=list)  # [row, customer, field, before, after]
    had: Mapped[str | None] = mapped_column(Text, info=LOCKED)  # what those had whom REES46 knew: it undoes the import
    sample: Mapped[list[Any]] = mapped_column(Json, default=list)  # a few elements as they were sent


def add(db: Session, batch: Batch, rows: Sequence[tuple[int, list[str]]]) -> Batch:
    """Keep a file in parts."""
    db.add(batch)
    db.flush()
    cut = [rows[first : first + PART] for first in range(0, len(rows), PART)]
    batch.parts = len(cut)
    db.add_all(
        Part(shop_id=batch.shop_id, batch_id=batch.id, rows=[[number, cells] for number, cells in some]) for some in cut
    )
    return batch


def replace_rows(
    db: Session, batch_id: int, rows: Sequence[tuple[int, list[str]]], described: Mapping[str, Any]
) -> None:
    """Keep what was read in another way, as long as nothing was sent; what was found before counts no more."""
    batch = db.get_one(Batch, batch_id, with_for_update=True)
    if batch.state not in {"draft", "checked"}:
        return
    for table in (Part, Problem):
        db.execute(delete(table).where(table.batch_id == batch_id))
    for name, value in described.items():
        setattr(batch, name, value)
    batch.state, batch.worked, batch.counts = "draft", 0, {}
    add(db, batch, rows)


def check_anew(db: Session, batch_id: int, lenient: list[int]) -> bool:
    """Go back to looking through the rows, with other columns of which a bad cell alone is left out."""
    batch = db.get_one(Batch, batch_id, with_for_update=True)
    if batch.state != "checked":
        return False
    db.execute(delete(Problem).where(Problem.batch_id == batch_id))
    anew: dict[str, Any] = {"state": "waiting", "met": {}, "skipped": [], "changes": [], "had": None}
    db.execute(update(Part).where(Part.batch_id == batch_id).values(**anew))
    batch.state, batch.worked, batch.counts, batch.lenient = "checking", 0, {}, lenient
    return True


def named(db: Session, shop_id: int, key: str | None) -> Batch | None:
    return db.scalar(select(Batch).where(Batch.shop_id == shop_id, Batch.key == key)) if key else None


def with_headings(db: Session, shop_id: int, kind: str, headings: str) -> Batch | None:
    """The last import whose file had the same headings, and of which somebody chose the columns."""
    same = (Batch.shop_id == shop_id, Batch.kind == kind, Batch.headings == headings, Batch.state != "draft")
    return db.scalar(select(Batch).where(*same).order_by(Batch.id.desc()).limit(1))


def of_shop(shop_id: int, segment_id: str | None = None) -> Select[Batch]:
    of_segment = [Batch.segment_id == segment_id] if segment_id is not None else []
    return select(Batch).where(Batch.shop_id == shop_id, *of_segment)


def next_part(db: Session, batch_id: int, states: Sequence[str]) -> Part | None:
    query = select(Part).where(Part.batch_id == batch_id, Part.state.in_(states)).order_by(Part.id).limit(1)
    return db.scalar(query)


def left(db: Session, batch_id: int, states: Sequence[str]) -> int:
    """Count the parts that are still to be done."""
    query = select(func.count()).select_from(Part).where(Part.batch_id == batch_id, Part.state.in_(states))
    return db.scalar(query) or 0


def unsent(db: Session, batch_id: int, behind: int = 0) -> Part | None:
    """The next part of which REES46 took nothing for certain."""
    query = select(Part).where(Part.batch_id == batch_id, Part.state.in_(("waiting", "checked")), Part.id > behind)
    return db.scalar(query.order_by(Part.id).limit(1))


def stage_of(db: Session, batch_id: int) -> str:
    """Say what a batch that was stopped has to go on with; what nobody let run is not run by that."""
    if left(db, batch_id, ("waiting",)):
        return "checking"
    begun = select(func.count()).select_from(Part).where(Part.batch_id == batch_id, Part.act_id.is_not(None))
    return "running" if db.scalar(begun) else "checked"


def stuck_part(db: Session, batch_id: int) -> Part | None:
    """The part that was sent and not taken: what became of it stands at its act."""
    query = select(Part).where(Part.batch_id == batch_id, Part.state == "checked", Part.act_id.is_not(None))
    return db.scalar(query.order_by(Part.id).limit(1))


def first_part(db: Session, batch_id: int) -> Part | None:
    return db.scalar(select(Part).where(Part.batch_id == batch_id).order_by(Part.id).limit(1))


def met(db: Session, batch_id: int) -> dict[str, int]:
    """The identifiers that were met so far, by digest, and their rows."""
    found: dict[str, int] = {}
    for some in db.scalars(select(Part.met).where(Part.batch_id == batch_id)):
        found |= some
    return found


def sample(db: Session, batch_id: int, most: int) -> list[tuple[str, str, dict[str, Any]]]:
    """Some of those who were sent, from the first and the last part: an identifier, and what was sent of them."""
    query = select(Part).where(Part.batch_id == batch_id, Part.state.in_(("accepted", "counted")))
    parts = {
        part.id: part
        for order in (Part.id.asc(), Part.id.desc())
        for part in db.scalars(query.order_by(order).limit(1))
    }
    samples = [part.sample or [[kind, value, {}] for kind, value in part.rows] for part in parts.values()]
    found = [(kind, value, said) for sampled in samples for kind, value, said in sampled]
    step = max(1, len(found) // most)
    return found[::step][:most]


def changes(db: Session, batch_id: int, behind: int = 0) -> Part | None:
    """The next part by which anything changes that REES46 knows."""
    query = select(Part).where(Part.batch_id == batch_id, Part.id > behind)
    return db.scalar(query.order_by(Part.id).limit(1))


def rows_numbered(db: Session, batch_id: int, numbers: Collection[int]) -> dict[int, list[str]]:
    """Rows of the file by their numbers, as long as they are kept."""
    wanted, found = set(numbers), dict[int, list[str]]()
    query = select(Part).where(Part.batch_id == batch_id, Part.state.in_(("waiting", "checked")))
    for part in in_chunks(db, query, Part.id, 1):
        found |= {number: cells for number, cells in part.rows if number in wanted}
        if len(found) == len(wanted):
            break
    return found


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of all rows of some old batches; that there were such batches stays known. True: there may be more."""
    query = select(Batch).where(Batch.forgotten.is_(False), Batch.at < before).order_by(Batch.at).limit(SWEPT_AT_ONCE)
    old = list(db.scalars(query))
    for batch in old:
        for table in (Part, Problem):
            db.execute(delete(table).where(table.batch_id == batch.id))
        batch.forgotten = True
    return len(old) == SWEPT_AT_ONCE
