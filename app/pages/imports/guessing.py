"""Guessing what the columns of a file are: the heading and the cells below it must both fit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from app.pages.imports.fields import TARGETS, read_as
from app.web.cells.dates import order_of
from app.web.cells.emails import addresses_in
from app.web.cells.phones import read_phone
from app.web.cells.tidying import Unfit, is_empty

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from app.web.tables.upload import Table

FIRST, EVERY = 1_000, 97  # rows that are looked at: these, and of the rest every so-manieth
WHOLE_NUMBER = 10  # digits of a phone number with its code
ANYTHING = {"external_id", "loyalty_id", "loyalty_card_location", "telegram_id", "vk_id", "fb_id"}  # any text fits
NAMES = {"first_name", "middle_name", "last_name", "location", "loyalty_status"}
ORDERS = {"day": "birthday_dmy", "month": "birthday_mdy", None: "birthday"}


def guessed(table: Table) -> dict[str, str]:
    """Give what each column is, by its place. What is not surely told stays open."""
    columns = [list(_cells(table, place)) for place in range(len(table.header))]
    found: dict[str, str] = {}
    for place, (name, cells) in enumerate(zip(table.header, columns, strict=True)):
        target = _by_name(name) if table.is_named else None
        if target and target not in found.values() and _fits(target, name, cells):
            found[str(place)] = target
    for place, cells in enumerate(columns):
        target = _by_cells(cells, is_named=table.is_named)
        if str(place) not in found and target and target not in found.values():
            found[str(place)] = target
    return {place: _variant(target, columns[int(place)]) for place, target in found.items()}


def _cells(table: Table, place: int) -> Iterator[str]:
    rows = [*table.rows[:FIRST], *table.rows[FIRST::EVERY]]
    return (row.cells[place] for row in rows if not is_empty(row.cells[place]))


def _by_name(name: str) -> str | None:
    plain = re.sub(r"[\W_]+", "", name.casefold())
    return next(
        (one for one, target in TARGETS.items() if plain == one.replace("_", "") or plain in target.called), None
    )


def _fits(target: str, name: str, cells: Sequence[str]) -> bool:
    """Whether the cells can be what the heading says; a column without any is what it is called."""
    if not cells or (len(cells) == 1 and target not in ANYTHING | NAMES):
        return True  # a single bad cell is told as one
    if target in NAMES and not _most(_is_word(cell) for cell in cells):
        return False
    if target == "external_id" and len(re.sub(r"[\W_]+", "", name)) <= len("id") and _are_numbers_of_rows(cells):
        return False
    variant = _variant(target, cells)
    return _most(_reads(variant, cell) for cell in cells)


def _reads(target: str, cell: str) -> bool:
    try:
        read_as(target, cell)
    except Unfit as unfit:
        return unfit.code in {"order", "emails", "long"}  # what it is, with a fault of its own
    return True


def _is_word(cell: str) -> bool:
    return "@" not in cell and "://" not in cell and sum(map(str.isalpha, cell)) > sum(map(str.isdigit, cell))


def _are_numbers_of_rows(cells: Sequence[str]) -> bool:
    """1, 2, 3 …: that is where a row stands, not who it is about."""
    return len(cells) > 1 and all(cell == str(number) for number, cell in enumerate(cells[:FIRST], 1))


def _by_cells(cells: Sequence[str], *, is_named: bool) -> str | None:
    """Addresses are told by themselves; numbers only where no heading says something else, or with their plus."""
    if not cells:
        return None
    if _most("@" in cell and bool(addresses_in(cell)) for cell in cells):
        return "email"
    numbers = [cell for cell in cells if len(re.sub(r"\D", "", cell)) >= WHOLE_NUMBER and read_phone(cell)]
    is_plain = not is_named or _most(cell.lstrip("'\" (").startswith("+") for cell in cells)
    return "phone" if is_plain and len(numbers) * 2 > len(cells) else None


def _variant(target: str, cells: Sequence[str]) -> str:
    """Of a birthday say what stands first, where the column tells."""
    return ORDERS[order_of(cells)] if target == "birthday" else target


def _most(fits: Iterable[bool]) -> bool:
    said = list(fits)
    return sum(said) * 2 > len(said)
