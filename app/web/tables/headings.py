"""Which row names the columns: below titles that somebody wrote above them, and above the first row of data."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol, TypeVar

from app.web.cells.urls import looks_like_url

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA = re.compile(r".*@.*|[+\d][\d\s()./-]{4,}")  # a name of a column does not look like this
LOOKED_AT = 50  # rows by which the usual width is told
MOST_ABOVE = 20  # rows that may stand above the headings
ALIKE = 4  # rows that are no headings when they are written alike
ENOUGH = 0.6  # the share of a usual row's cells that a row of headings fills


class HasCells(Protocol):
    """A row as it stands in the file."""

    @property
    def number(self) -> int: ...
    @property
    def cells(self) -> list[str]: ...


R = TypeVar("R", bound=HasCells)


def heading_of(rows: Sequence[R], chosen: int | None) -> tuple[R | None, int]:
    """Give the row of names (None: there is none) and the place of the first row below it."""
    if chosen is None:
        return _likely(rows)
    if not chosen:
        return None, 0
    place = next((place for place, row in enumerate(rows) if row.number >= chosen), len(rows) - 1)
    return rows[place], place + 1


def _likely(rows: Sequence[R]) -> tuple[R | None, int]:
    usual = _usual_width(rows)
    for place, row in enumerate(rows[:MOST_ABOVE]):
        if any(DATA.fullmatch(cell) or looks_like_url(cell) for cell in row.cells) or _is_like_the_next(rows, place):
            return None, place
        if usual <= 1 or _filled(row) >= max(2, usual * ENOUGH):
            return row, place + 1
    return rows[0], 1


def _is_like_the_next(rows: Sequence[HasCells], place: int) -> bool:
    """Whether a row has digits wherever those below it have: `ID-1` above `ID-2`, `1001` above `1002`."""
    shapes = [_shape(row) for row in rows[place : place + ALIKE]]
    return len(shapes) > 1 and len(set(shapes)) == 1 and "0" in shapes[0]


def _shape(row: HasCells) -> str:
    return "\t".join(re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "0", cell)) for cell in row.cells)


def _usual_width(rows: Sequence[HasCells]) -> int:
    """How many cells most rows fill."""
    widths = [_filled(row) for row in rows[:LOOKED_AT]]
    return max(widths, key=lambda width: (widths.count(width), width))


def _filled(row: HasCells) -> int:
    return sum(bool(cell) for cell in row.cells)
