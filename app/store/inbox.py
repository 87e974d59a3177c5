"""The inbox: communications that somebody still has to answer, as far as this desk has seen them, and who took them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from sqlalchemy import CursorResult, func, select, update

from app.store.communications import OPEN, Communication
from app.store.customers import KnownCustomer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.people import Person

Whose = Literal["mine", "nobody", "all"]


@dataclass(frozen=True)
class Counts:
    """How many are open: this person's, nobody's, all."""

    mine: int
    nobody: int
    all: int


def counts(db: Session, shop_id: int, person_id: int) -> Counts:
    open_here = (Communication.shop_id == shop_id, Communication.status.in_(OPEN))
    rows = db.execute(select(Communication.taken_by, func.count()).where(*open_here).group_by(Communication.taken_by))
    by_taker: dict[int | None, int] = {row[0]: row[1] for row in rows}
    return Counts(by_taker.get(person_id, 0), by_taker.get(None, 0), sum(by_taker.values()))


def waiting(
    db: Session, shop_id: int, whose: Whose, person_id: int, most: int
) -> Sequence[tuple[Communication, KnownCustomer]]:
    """List what is open, what has waited longest first."""
    query = select(Communication, KnownCustomer).join(KnownCustomer, KnownCustomer.id == Communication.customer_id)
    query = query.where(Communication.shop_id == shop_id, Communication.status.in_(OPEN))
    if whose != "all":
        query = query.where(Communication.taken_by == (person_id if whose == "mine" else None))
    rows = db.execute(query.order_by(Communication.date, Communication.id).limit(most))
    return [(row[0], row[1]) for row in rows]


def take(db: Session, number: int, person: Person) -> bool:
    """Let one person answer it; False when somebody else was quicker."""
    free = update(Communication).where(Communication.id == number, Communication.taken_by.is_(None))
    return _rows(db.execute(free.values(taken_by=person.id, taker=person.name))) == 1


def give_back(db: Session, number: int, person: Person) -> bool:
    """Let others answer it; only whoever has it gives it back."""
    mine = update(Communication).where(Communication.id == number, Communication.taken_by == person.id)
    return _rows(db.execute(mine.values(taken_by=None, taker=None))) == 1


def _rows(result: Any) -> int:
    return cast("CursorResult[Any]", result).rowcount
