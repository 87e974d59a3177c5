"""Who did many times more in the last seven days than colleagues of their role, or than they themselves usually do.

It names colleagues and figures, and no customer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING

from app.store import budgets, people
from app.store.base import now
from app.store.budgets import Kind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.people import Person

WEEK, WEEKS_BEFORE = timedelta(days=7), 4
TIMES = 3  # as much as others, or as usual
FEW = {Kind.PROFILES: 50, Kind.BULK_ROWS: 500, Kind.EXPORTED: 1000, Kind.REVEALS: 5, Kind.MESSAGES: 50}  # never unusual
FEW[Kind.LOOKED_UP] = 500


@dataclass(frozen=True)
class Figure:
    """What one person did of one kind in seven days."""

    kind: Kind
    number: int
    usual: float  # their own, of seven days
    others: float  # the median of colleagues with the same role

    @property
    def is_out(self) -> bool:
        return self.number > FEW[self.kind] and (
            self.number > TIMES * max(self.usual, 1) or self.number > TIMES * max(self.others, 1)
        )


@dataclass(frozen=True)
class Line:
    person: Person
    figures: list[Figure]

    @property
    def times(self) -> float:
        """By how much they stand out, for the order of the list."""
        return max(
            (figure.number / max(figure.others, figure.usual, 1) for figure in self.figures if figure.is_out), default=0
        )


def lines(db: Session) -> list[Line]:
    """All colleagues who did anything that is counted, whoever stands out first."""
    week_ago = now() - WEEK
    lately = budgets.sums(db, week_ago, now())
    before = budgets.sums(db, week_ago - WEEKS_BEFORE * WEEK, week_ago)
    everyone = people.everyone(db)
    found = []
    for person in everyone:
        peers = [other.id for other in everyone if other.role == person.role and other.id != person.id and other.active]
        figures = [_figure(person.id, kind, peers, lately, before) for kind in Kind]
        if any(figure.number for figure in figures):
            found.append(Line(person, figures))
    return sorted(found, key=lambda line: (-line.times, line.person.name))


def _figure(
    person_id: int, kind: Kind, peers: list[int], lately: dict[tuple[int, str], int], before: dict[tuple[int, str], int]
) -> Figure:
    others = median([lately.get((peer, kind), 0) for peer in peers]) if peers else 0
    return Figure(kind, lately.get((person_id, kind), 0), before.get((person_id, kind), 0) / WEEKS_BEFORE, others)
