"""Keeping to what REES46 takes in a minute, and to the time for which it asks to wait, before anything is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.config import CATALOGUE
from app.rees46.errors import TooMany
from app.store import rates
from app.web.context import desk, settings

if TYPE_CHECKING:
    from app.rees46.errors import Rees46Error
    from app.rees46.operation import Operation
    from app.store.shops import Shop

LONG_SECONDS = 120.0  # that a call with a long list may take: 35 MB over a slow line


class Paced(TooMany):
    """It is not its turn yet: nothing was sent."""


def seconds_for(op: Operation[Any]) -> float:
    """Say how long a call may take: one with a long list has longer."""
    return max(settings().time_limit, LONG_SECONDS) if op.http.streams else settings().time_limit


def take_turn(shop: Shop, op: Operation[Any]) -> None:
    """Let a call go, or raise Paced with the time after which it may."""
    name, a_minute = meter_of(op)
    if a_minute:
        with desk().writing() as db:
            span = rates.take(db, shop.id, name, a_minute)
    else:
        with desk().reading() as db:
            span = rates.wait(db, shop.id, name)
    if span:
        error = Paced(_("It is not its turn yet."), operation=op.name())
        error.retry_after = span.total_seconds()
        raise error


def obey(shop_id: int, meter: str, error: Rees46Error | None) -> None:
    """Let nobody send the same for as long as REES46 asks for."""
    if isinstance(error, TooMany) and error.retry_after > 0:
        with desk().writing() as db:
            rates.hold(db, shop_id, meter, timedelta(seconds=error.retry_after))


def meter_of(op: Operation[Any]) -> tuple[str, int]:
    """Say what counts together with an operation, and how much of it goes in a minute; 0: any number."""
    found, name = settings().call_rates, op.name()
    for meter in (name, f"{name.partition('.')[0]}.*", CATALOGUE if op.http.streams else "", "*"):
        if meter in found:
            return meter, found[meter]
    return name, 0
