"""Which column of a file holds the codes: told by its heading and by its cells, shown, and chosen by a person."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.web.tables.reading import NO_HEADING
from app.web.tables.upload import Unreadable, read_content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.web.tables.reading import Reading
    from app.web.tables.upload import Table

LOOKED_AT = 200  # rows by which the column of codes is found
SHOWN = 5  # cells of each column that are shown
WORDS = {
    "code",
    "codes",
    "promo",
    "promos",
    "promocode",
    "promocodes",
    "coupon",
    "coupons",
    "voucher",
    "vouchers",
    "код",
    "коды",
    "промо",
    "промокод",
    "промокоды",
    "купон",
    "купоны",
    "ваучер",
    "ваучеры",
}
CODE = re.compile(r"[^\s@]{2,255}")
DAY = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}")
MOST = 0.8  # the share of cells that must look like codes
DIFFERENT = 0.9  # the share of them that must differ
SEVERAL = 3  # numbers that can be a run


@dataclass(frozen=True)
class Column:
    """A column of the file: its name or letter, and its first cells."""

    name: str
    cells: list[str]


def read_codes(content: bytes, reading: Reading) -> Table:
    """Read a file of codes: its first row is only a heading when it names codes, or when numbers stand below words."""
    table = read_content(content, reading)
    if reading.heading is None and table.is_named and not _is_heading(table):
        return read_content(content, replace(reading, heading=NO_HEADING))
    return table


def columns_of(table: Table) -> list[Column]:
    return [Column(name, _cells(table, place)[:SHOWN]) for place, name in enumerate(table.header)]


def column_named(table: Table, wanted: str) -> int:
    """Find a column by its heading or letter."""
    names = [name.casefold() for name in table.header]
    letters = [chr(65 + place) for place in range(min(26, len(names)))]
    if wanted.casefold() in names:
        return names.index(wanted.casefold())
    if wanted.upper() in letters:
        return letters.index(wanted.upper())
    raise Unreadable(_("There is no column “%(name)s” in it.", name=wanted))


def column_of_codes(table: Table) -> int:
    """Find the likeliest column: its heading and its cells must fit; with no such heading the cells alone tell."""
    likely = max(range(len(table.header)), key=lambda place: _likelihood(table, place))
    shapes = [_shape(_cells(table, place)) for place in range(len(table.header))]
    if not table.is_named and shapes.count(shapes[likely]) > 1:
        raise Unreadable(_("Several columns hold what may be codes. Write one code in a row, or name their column."))
    return likely


def _shape(cells: Sequence[str]) -> tuple[bool, ...] | int:
    """What codes of one kind have in common; a number of its own for what is none."""
    text = "".join(cells)
    if not _are_codes(cells):
        return id(cells)
    return any(map(str.isalpha, text)), any(map(str.isdigit, text)), len({len(cell) for cell in cells}) == 1


def are_running(codes: Sequence[str]) -> bool:
    """Whether they are short numbers one after the other: those of rows, not of codes."""
    numbers = {int(code) for code in codes if code.isascii() and code.isdigit() and len(code) <= 6}
    if len(numbers) < SEVERAL or len(numbers) < MOST * len(codes):
        return False
    return max(numbers) - min(numbers) < 2 * len(numbers)


def _is_heading(table: Table) -> bool:
    if any(names_codes(name) for name in table.header):
        return True
    cells = [_cells(table, place) for place in range(len(table.header))]
    has_numbers = any(some and sum(any(map(str.isdigit, cell)) for cell in some) > MOST * len(some) for some in cells)
    return len(cells) > 1 and has_numbers and not any(map(str.isdigit, "".join(table.header)))


def _likelihood(table: Table, place: int) -> tuple[int, bool, int, int]:
    cells = _cells(table, place)
    fits, named = _are_codes(cells), names_codes(table.header[place])
    return fits * named, fits, named, len({cell for cell in cells if " " not in cell})


def names_codes(name: str) -> int:
    """2 when a heading says nothing but that these are codes, 1 when it says more, else 0."""
    words = re.findall(r"[^\W\d_]+", name.casefold().replace("-", " "))
    said = [word in WORDS for word in words]
    return 2 if said and all(said) else int(any(said))


def _are_codes(cells: Sequence[str]) -> bool:
    if not cells or are_running(cells):
        return False
    fit = [cell for cell in cells if CODE.fullmatch(cell) and not DAY.fullmatch(cell) and "://" not in cell]
    return len(fit) >= MOST * len(cells) and len(set(fit)) >= DIFFERENT * len(fit)


def _cells(table: Table, place: int) -> list[str]:
    return [cell for row in table.rows[:LOOKED_AT] if (cell := row.cells[place])]
