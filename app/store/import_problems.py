"""Rows of imports with something wrong: left out, held back until somebody decides, or sent without a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Id, Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

KINDS = ("left", "held", "cell")
AT_ONCE = 500  # rows in one query


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


def problems(
    db: Session, batch_id: int, kinds: Sequence[str] = KINDS, *, before: int = 0, most: int = AT_ONCE
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
