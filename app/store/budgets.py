"""Budgets: how much of what a person has done in a span of time, how much a role may, and what was allowed beyond it.

Counted by one statement in the transaction of what is counted, so that it holds over any number of processes, and what
is undone is not counted.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, insert_into, now
from app.store.sweeping import delete_some


class Kind(StrEnum):
    """What is counted."""

    PROFILES = "profiles"  # customers whose page was opened, each once an hour
    BULK_ROWS = "bulk_rows"
    EXPORTED = "exported"  # rows that left as a file
    REVEALS = "reveals"  # customers whose contacts were shown
    MESSAGES = "messages"  # test messages
    LOOKED_UP = "looked_up"  # lines of lists of customers that were looked up


HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SPANS = {Kind.PROFILES: HOUR}  # the others are counted by the day
_ORDER = (Kind.PROFILES, Kind.BULK_ROWS, Kind.EXPORTED, Kind.REVEALS, Kind.MESSAGES, Kind.LOOKED_UP)
DEFAULTS: dict[str, dict[Kind, int]] = {
    role: dict(zip(_ORDER, most, strict=True))
    for role, most in {
        "viewer": (300, 0, 20_000, 20, 0, 5_000),
        "support": (600, 5_000, 50_000, 50, 300, 20_000),
        "marketer": (300, 50_000, 200_000, 50, 2_000, 100_000),
        "admin": (600, 50_000, 500_000, 100, 2_000, 100_000),
    }.items()
}


class Budget(Base):
    """How much a role may, where an administrator said so."""

    __tablename__ = "budgets"
    __table_args__ = (UniqueConstraint("role", "kind"),)

    id: Mapped[Id]
    role: Mapped[str] = mapped_column(String(16))
    kind: Mapped[str] = mapped_column(String(16))
    most: Mapped[int]


class BudgetUse(Base):
    """How much somebody has done in an hour or a day."""

    __tablename__ = "budget_uses"
    __table_args__ = (UniqueConstraint("person_id", "kind", "at"), Index("ix_budget_uses_at", "at"))

    id: Mapped[Id]
    person_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]  # when the hour or day began
    number: Mapped[int]


class Allowance(Base):
    """That a second person let somebody go beyond a budget, until then."""

    __tablename__ = "budget_allowances"
    __table_args__ = (UniqueConstraint("act_id"),)

    id: Mapped[Id]
    person_id: Mapped[int]
    kind: Mapped[str] = mapped_column(String(16))
    until: Mapped[datetime]
    act_id: Mapped[int]


def span_of(kind: Kind) -> datetime:
    """When the present hour or day began."""
    whole = now().replace(minute=0, second=0, microsecond=0)
    return whole if SPANS.get(kind, DAY) == HOUR else whole.replace(hour=0)


def count(db: Session, person_id: int, role: str, kind: Kind, number: int) -> tuple[int, int]:
    """Add to what somebody has done, and say how much it is now and how much their role may."""
    row = {"person_id": person_id, "kind": kind.value, "at": span_of(kind), "number": number}
    most = select(Budget.most).where(Budget.role == role, Budget.kind == kind.value).scalar_subquery()
    added = insert_into(db, BudgetUse).values(**row)
    added = added.on_conflict_do_update(
        index_elements=["person_id", "kind", "at"], set_={"number": BudgetUse.number + number}
    )
    used, said = db.execute(added.returning(BudgetUse.number, most)).one()
    return used, DEFAULTS.get(role, DEFAULTS["viewer"])[kind] if said is None else said


def is_allowed(db: Session, person_id: int, kind: Kind) -> bool:
    """Whether a second person lets them go beyond it now."""
    here = (Allowance.person_id == person_id, Allowance.kind == kind.value, Allowance.until > now())
    return db.scalar(select(Allowance.id).where(*here).limit(1)) is not None


def limits(db: Session) -> dict[tuple[str, Kind], int]:
    """How much each role may of each."""
    found = {(role, kind): most for role, kinds in DEFAULTS.items() for kind, most in kinds.items()}
    said = {(row.role, Kind(row.kind)): row.most for row in db.scalars(select(Budget)) if row.kind in set(Kind)}
    return found | said


def set_limits(db: Session, wanted: dict[tuple[str, Kind], int]) -> None:
    known = {(row.role, row.kind): row for row in db.scalars(select(Budget))}
    for (role, kind), most in wanted.items():
        if row := known.get((role, kind.value)):
            row.most = most
        else:
            db.add(Budget(role=role, kind=kind.value, most=most))


def sums(db: Session, since: datetime, until: datetime) -> dict[tuple[int, str], int]:
    """How much each person did of each in a time."""
    query = select(BudgetUse.person_id, BudgetUse.kind, func.sum(BudgetUse.number))
    query = query.where(BudgetUse.at >= since, BudgetUse.at < until)
    rows = db.execute(query.group_by(BudgetUse.person_id, BudgetUse.kind))
    return {(person_id, kind): int(number) for person_id, kind, number in rows}


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of what was counted long ago, and of allowances that are over. True: there may be more."""
    more = delete_some(db, Allowance, Allowance.until < before)
    return delete_some(db, BudgetUse, BudgetUse.at < before) or more
