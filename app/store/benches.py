"""Test benches: what is asked again and again (golden queries, recommendation blocks), as whom, and how each run went.

A case is asked for nobody or for a persona, and its expectations are checked at each run. `bench` says of which kind a
case is: "search" or "blocks"; pages say what `asked` and `expected` hold.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, delete, exists, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Json, Moment, now
from app.store.sweeping import delete_some

MOST_CASES = 200  # of a bench and shop
MOST_PERSONAS = 50


class Persona(Base):
    """A customer for whom things are tried, under a name that may stand anywhere."""

    __tablename__ = "personas"
    __table_args__ = (UniqueConstraint("shop_id", "name"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    customer_id: Mapped[int]  # of the customers that the desk knows


class BenchCase(Base):
    """Something that is asked at each run, and what is expected of the answer."""

    __tablename__ = "bench_cases"
    __table_args__ = (Index("ix_bench_cases_bench", "shop_id", "bench", "id"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    bench: Mapped[str] = mapped_column(String(8))
    title: Mapped[str] = mapped_column(String(255))  # the words of a query, the name of a block
    asked: Mapped[dict[str, Any]] = mapped_column(Json)
    expected: Mapped[dict[str, Any]] = mapped_column(Json)
    persona_id: Mapped[int | None] = mapped_column(ForeignKey("personas.id", ondelete="SET NULL"))
    person: Mapped[str] = mapped_column(String(120))
    at: Mapped[Moment]


class BenchRun(Base):
    """All cases of a bench, asked once."""

    __tablename__ = "bench_runs"
    __table_args__ = (Index("ix_bench_runs_bench", "shop_id", "bench", "id"), Index("ix_bench_runs_at", "at"))

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    shop_id: Mapped[int]
    bench: Mapped[str] = mapped_column(String(8))
    person: Mapped[str] = mapped_column(String(120))
    at: Mapped[Moment]
    total: Mapped[int]
    ended: Mapped[datetime | None]


class BenchResult(Base):
    """What became of a case in a run: `failed` names each expectation that was not met, `items` what came, in order."""

    __tablename__ = "bench_results"
    __table_args__ = (UniqueConstraint("run_id", "case_id"), Index("ix_bench_results_case", "case_id"))

    id: Mapped[Id]
    run_id: Mapped[int] = mapped_column(ForeignKey("bench_runs.id", ondelete="CASCADE"))
    case_id: Mapped[int] = mapped_column(ForeignKey("bench_cases.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(8))  # right, wrong, or lost: it could not be asked
    failed: Mapped[list[dict[str, Any]]] = mapped_column(Json)
    items: Mapped[list[str]] = mapped_column(Json)
    total: Mapped[int]
    milliseconds: Mapped[float]


def personas(db: Session, shop_id: int) -> Sequence[Persona]:
    return db.scalars(select(Persona).where(Persona.shop_id == shop_id).order_by(Persona.name)).all()


def persona(db: Session, shop_id: int, number: int | None) -> Persona | None:
    return db.scalar(select(Persona).where(Persona.shop_id == shop_id, Persona.id == number)) if number else None


def cases(db: Session, shop_id: int, bench: str) -> Sequence[BenchCase]:
    query = select(BenchCase).where(BenchCase.shop_id == shop_id, BenchCase.bench == bench)
    return db.scalars(query.order_by(BenchCase.id)).all()


def same_case(db: Session, wanted: BenchCase) -> BenchCase | None:
    """Find a case that asks the same and expects the same."""
    alike = (
        case
        for case in cases(db, wanted.shop_id, wanted.bench)
        if (case.asked, case.expected, case.persona_id) == (wanted.asked, wanted.expected, wanted.persona_id)
    )
    return next(alike, None)


def of_block(db: Session, shop_id: int, code: str) -> list[BenchCase]:
    """Find the cases of a block of recommendations."""
    return [case for case in cases(db, shop_id, "blocks") if case.asked.get("code") == code]


def drop_case(db: Session, shop_id: int, number: int) -> None:
    """Delete a case with its results."""
    db.execute(delete(BenchCase).where(BenchCase.shop_id == shop_id, BenchCase.id == number))


def begin(db: Session, shop_id: int, bench: str, person: str) -> BenchRun:
    """Open a run over all cases that there are now."""
    number = select(func.count()).where(BenchCase.shop_id == shop_id, BenchCase.bench == bench)
    run = BenchRun(shop_id=shop_id, bench=bench, person=person, total=db.scalar(number) or 0)
    db.add(run)
    db.flush()
    return run


def run_by_key(db: Session, shop_id: int, key: str) -> BenchRun | None:
    return db.scalar(select(BenchRun).where(BenchRun.shop_id == shop_id, BenchRun.key == key))


def runs(db: Session, shop_id: int, bench: str, limit: int) -> Sequence[BenchRun]:
    """List the runs of a bench, newest first."""
    query = select(BenchRun).where(BenchRun.shop_id == shop_id, BenchRun.bench == bench)
    return db.scalars(query.order_by(BenchRun.id.desc()).limit(limit)).all()


def before(db: Session, run: BenchRun) -> BenchRun | None:
    """Find the run before a run."""
    same = select(BenchRun).where(BenchRun.shop_id == run.shop_id, BenchRun.bench == run.bench, BenchRun.id < run.id)
    return db.scalar(same.where(BenchRun.ended.is_not(None)).order_by(BenchRun.id.desc()).limit(1))


def results(db: Session, run: BenchRun | None) -> dict[int, BenchResult]:
    """Give the results of a run by their cases."""
    if run is None:
        return {}
    return {row.case_id: row for row in db.scalars(select(BenchResult).where(BenchResult.run_id == run.id))}


def untried(db: Session, run: BenchRun, limit: int) -> Sequence[BenchCase]:
    """Give some cases that a run has not asked yet; what was added since it began is for the next one."""
    tried = exists().where(BenchResult.run_id == run.id, BenchResult.case_id == BenchCase.id)
    due = select(BenchCase).where(BenchCase.shop_id == run.shop_id, BenchCase.bench == run.bench, ~tried)
    return db.scalars(due.where(BenchCase.at <= run.at).order_by(BenchCase.id).limit(limit)).all()


def end(db: Session, run: BenchRun) -> None:
    db.get_one(BenchRun, run.id).ended = now()


def forget_old(db: Session, before_moment: datetime) -> bool:
    """Let go of some old runs with their results; True when there may be more."""
    return delete_some(db, BenchRun, BenchRun.at < before_moment)
