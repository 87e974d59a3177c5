"""Imports: the files people brought, what became of each part and row of them, and how far the work got.

A batch is cut into parts. A part points at the act that sends it before it is sent, so that after a crash it is known
which one may have arrived. Rows are kept only as long as they are needed: those sent shrink to an identifier each,
and all of it goes after a month (`forget_old`). Rows that need a decision are `import_problems`.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, Select, String, Text, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.store.acts import Act
from app.store.base import Base, Id, Json, Moment, now

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

PART = 500  # rows that are sent in one call
KEPT_FOR = timedelta(days=30)
LEASE = timedelta(seconds=60)  # longer than any one step works
KINDS = ("left", "held", "cell")  # of problems
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
    lenient: Mapped[list[int]] = mapped_column(
        Json, default=list
    )  # columns of which a bad cell is left out, not its row
    file_id: Mapped[int | None]  # of brought_files, while it is there
    reading: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # encoding, sheet … by which the file was read
    rows: Mapped[int]
    parts: Mapped[int] = mapped_column(default=0)
    worked: Mapped[int] = mapped_column(default=0)  # parts of the present state that are behind us
    counts: Mapped[dict[str, int]] = mapped_column(Json, default=dict)
    lifts: Mapped[bool] = mapped_column(default=False)  # whether opt-outs may be turned on again
    reason: Mapped[str | None] = mapped_column(Text)
    trouble: Mapped[str | None] = mapped_column(String(500))  # why the work stands still
    taken_until: Mapped[datetime | None]
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
    sample: Mapped[list[Any]] = mapped_column(Json, default=list)  # a few elements as they were sent


class Problem(Base):
    """A row with something wrong, as it stood in the file, and why: the code of a fault and the column it is in.

    kind: left (the row is not sent), held (it is not sent until somebody decides), cell (sent without that cell).
    """

    __tablename__ = "import_problems"
    __table_args__ = (Index("ix_import_problems_batch", "batch_id", "id"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    batch_id: Mapped[int] = mapped_column(ForeignKey("imports.id", ondelete="CASCADE"))
    row: Mapped[int]
    cells: Mapped[list[str]] = mapped_column(Json, default=list)
    faults: Mapped[list[dict[str, Any]]] = mapped_column(Json, default=list)
    kind: Mapped[str] = mapped_column(String(8), default="left")
    decision: Mapped[str | None] = mapped_column(String(8))


def add(db: Session, batch: Batch, rows: Sequence[tuple[int, list[str]]]) -> Batch:
    """Keep a file in parts."""
    cut = [rows[first : first + PART] for first in range(0, len(rows), PART)]
    batch.parts = len(cut)
    db.add(batch)
    db.flush()
    db.add_all(
        Part(shop_id=batch.shop_id, batch_id=batch.id, rows=[[number, cells] for number, cells in some]) for some in cut
    )
    return batch


def of_shop(shop_id: int, segment_id: str | None = None) -> Select[Batch]:
    of_segment = [Batch.segment_id == segment_id] if segment_id is not None else []
    return select(Batch).where(Batch.shop_id == shop_id, *of_segment)


def take(db: Session, batch: Batch) -> bool:
    """Take the work on a batch for a while; false when somebody else has it."""
    free = or_(Batch.taken_until.is_(None), Batch.taken_until < now())
    taken = db.execute(update(Batch).where(Batch.id == batch.id, free).values(taken_until=now() + LEASE))
    return bool(taken.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result has it


def release(db: Session, batch_id: int) -> None:
    db.execute(update(Batch).where(Batch.id == batch_id).values(taken_until=None))


def next_part(db: Session, batch_id: int, states: Sequence[str]) -> Part | None:
    query = select(Part).where(Part.batch_id == batch_id, Part.state.in_(states)).order_by(Part.id).limit(1)
    return db.scalar(query)


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


def sample(db: Session, batch_id: int, most: int) -> list[tuple[str, str]]:
    """Some of those who were sent, from the first and the last part."""
    query = select(Part).where(Part.batch_id == batch_id, Part.state.in_(("accepted", "counted")))
    parts = [db.scalar(query.order_by(order).limit(1)) for order in (Part.id.asc(), Part.id.desc())]
    found = [(kind, value) for part in parts if part for kind, value in part.rows]
    step = max(1, len(found) // most)
    return found[::step][:most]


def problems(
    db: Session, batch_id: int, kinds: Sequence[str] = KINDS, *, before: int = 0, most: int = PART
) -> list[Problem]:
    """Rows with something wrong in the order of the file, those behind a given one."""
    query = select(Problem).where(Problem.batch_id == batch_id, Problem.id > before, Problem.kind.in_(kinds))
    return list(db.scalars(query.order_by(Problem.id).limit(most)))


def decided(db: Session, batch_id: int, rows: Sequence[int], decisions: Sequence[str]) -> dict[int, Problem]:
    """Of some rows those that were held back, and about which it was decided like that."""
    is_held = (Problem.batch_id == batch_id, Problem.kind == "held", Problem.decision.in_(decisions))
    return {problem.row: problem for problem in db.scalars(select(Problem).where(*is_held, Problem.row.in_(rows)))}


def decisions(db: Session, batch_id: int) -> dict[str | None, int]:
    """How often each thing was decided about rows that are held back; None: not decided yet."""
    query = select(Problem.decision, func.count().label("times")).where(
        Problem.batch_id == batch_id, Problem.kind == "held"
    )
    return {row.decision: row.times for row in db.execute(query.group_by(Problem.decision))}


def rows_numbered(db: Session, batch_id: int, numbers: Collection[int]) -> dict[int, list[str]]:
    """Rows of the file by their numbers, as long as they are kept."""
    found: dict[int, list[str]] = {}
    query = select(Part.rows).where(Part.batch_id == batch_id, Part.state.in_(("waiting", "checked")))
    for rows in db.scalars(query.order_by(Part.id).execution_options(yield_per=1)):
        found |= {number: cells for number, cells in rows if number in numbers}
        if len(found) == len(set(numbers)):
            break
    return found


def forget_old(db: Session) -> None:
    """Let go of all rows of batches older than a month; that there were such batches stays known."""
    query = select(Batch).where(Batch.forgotten.is_(False), Batch.at < now() - KEPT_FOR).order_by(Batch.at).limit(20)
    for batch in db.scalars(query):
        for table in (Part, Problem):
            db.execute(delete(table).where(table.batch_id == batch.id))
        batch.forgotten = True
