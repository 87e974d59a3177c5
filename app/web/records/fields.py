"""The columns of a file of records: by which names they are known, and how their cells are read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from app.web.cells.emails import email_of
from app.web.cells.ids import read_id
from app.web.cells.numbers import read_decimal, read_number
from app.web.cells.phones import phone_of
from app.web.cells.tidying import Unfit, is_empty, plain_digits, trimmed
from app.web.context import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SIGNS = re.compile(r"[\W_]+")
SECONDS = re.compile(r"\d{9,10}")
DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
LONGEST = 255
FIRST_YEAR, LAST_YEAR = 1971, 2200  # what lies outside is a slip, and as a number of seconds is read otherwise


@dataclass(frozen=True)
class Column:
    """A column that a file may have: its name in the API, by which other names it goes, and how a cell is read."""

    name: str
    read: Callable[[str], Any]
    also: tuple[str, ...] = ()


def columns_in(header: Sequence[str], columns: Sequence[Column]) -> dict[int, Column]:
    """Tell which columns of a file are which; a name that comes again counts once."""
    known = {_plain(name): column for column in columns for name in (column.name, *column.also)}
    found: dict[int, Column] = {}
    for place, name in enumerate(header):
        column = known.get(_plain(name))
        if column and column not in found.values():
            found[place] = column
    return found


def _plain(name: str) -> str:
    return SIGNS.sub("", name.casefold().replace("ё", "е"))


def text(cell: str) -> str:
    if len(cell) > LONGEST or "\0" in cell:
        raise Unfit("long")
    return cell


def an_id(cell: str) -> str | None:
    """Read an ID; None where something says that there is none, as `0` and `NULL` do."""
    return None if is_empty(cell, is_id=True) else read_id(cell)


def amount(cell: str) -> float:
    return float(read_decimal(cell))


def whole(cell: str) -> int:
    number = read_number(cell)
    if isinstance(number, float):
        raise Unfit("number")
    return number


def moment(cell: str) -> datetime:
    """Read a day and time, of the desk's time zone where the cell names none; UNIX seconds will do."""
    written = plain_digits(trimmed(cell))
    try:
        if SECONDS.fullmatch(written):
            return datetime.fromtimestamp(int(written), UTC)
        if match := DAY_FIRST.fullmatch(written):
            day, month, year, hour, minute, second = (int(part or 0) for part in match.groups())
            read = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  # its zone follows
        else:
            read = datetime.fromisoformat(written.replace("/", "-"))
    except (ValueError, OverflowError):
        raise Unfit("moment") from None
    if not FIRST_YEAR <= read.year <= LAST_YEAR:
        raise Unfit("moment")
    return read if read.tzinfo else read.replace(tzinfo=ZoneInfo(settings().time_zone))


IDENTITY = (
    Column("email", email_of, ("e-mail", "mail", "user_email", "почта", "электронная почта", "эл. почта")),
    Column("phone", phone_of, ("tel", "phone number", "телефон", "номер телефона")),
    Column("external_id", an_id, ("user_id", "customer id", "client id", "id клиента", "клиент")),
    Column("loyalty_id", an_id, ("card", "loyalty card", "карта", "номер карты", "карта лояльности")),
    Column("telegram_id", an_id, ("telegram",)),
)
