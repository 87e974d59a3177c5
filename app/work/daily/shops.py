"""Reading something for each shop in use: one that does not answer keeps the others from nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from flask import current_app, g

from app.rees46.errors import NotAllowed, NotFound, Rees46Error
from app.store import shops
from app.web.context import desk, settings
from app.web.rees46 import client
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.rees46.operation import Operation

R = TypeVar("R")


def for_each_shop(read: Callable[[], object], *, is_optional: bool = False) -> None:
    """Read for every shop; what went wrong is raised at the end. Of what `is_optional` some shops have nothing."""
    with desk().reading() as db:
        in_use = shops.in_use(db)
    failed: Rees46Error | None = None
    for each in in_use:
        with current_app.app_context():
            g.shop = each
            try:
                read()
            except Rees46Error as error:
                if not (is_optional and isinstance(error, NotAllowed | NotFound)):
                    failed = error
    if failed:
        raise failed


def ask_quietly(op: Operation[R]) -> R:
    """Ask without a row in the request log: it is for what people ask, and these answers are long and many."""
    return client(shop(), op, kept=False).send(op)


def today() -> date:
    """The day that it is in the installation's zone; REES46 states none."""
    return datetime.now(ZoneInfo(settings().time_zone)).date()


def is_over(day: date) -> bool:
    """Whether a day is over in every zone: REES46 does not say in which its days are."""
    return datetime.now(UTC) >= datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(days=1)
