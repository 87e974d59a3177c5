"""Keeping who waits for which product, so that a customer's page can tell it without reading everybody."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from app.rees46.operation import Operation
from app.rees46.triggers import Subscription, Waiting, WaitingForPrice, WaitingForStock
from app.store import daily, waiters
from app.store.waiters import Waits
from app.web.context import desk, settings
from app.web.customers.keys import normal
from app.web.shops import shop
from app.work.daily.shops import ask_quietly, today

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


Listing = Operation[list[Waiting | Subscription]]
ASKED: dict[str, type[Listing]] = {
    daily.WAITING_FOR_STOCK: WaitingForStock,
    daily.WAITING_FOR_PRICE: WaitingForPrice,
}


def read_waiting() -> None:
    for kind, operation in ASKED.items():
        _read(kind, operation())


def _read(kind: str, operation: Listing) -> None:
    rows = ask_quietly(operation)
    waits = {(wait.contact, wait.item): wait for row in rows for wait in _waits(row)}
    figures = _numbers(rows)
    with desk().writing() as db:
        waiters.replace(db, shop().id, kind, waits.values(), settings().key)
        daily.keep(db, shop().id, kind, daily.Reading(today(), figures, len(rows)))


def _numbers(rows: list[Waiting | Subscription]) -> Counter[str]:
    """Count who waits for each product, as REES46 says it: in one number, or a row for each."""
    figures: Counter[str] = Counter()
    for row in rows:
        if isinstance(row, Waiting):
            figures[row.id] += row.subscribers if row.subscribers is not None else row.quantity
        else:
            figures[_item(row)] += 1
    return figures


def _waits(row: Waiting | Subscription) -> Iterator[Waits]:
    contacts: Iterable[str]
    if isinstance(row, Waiting):
        item, contacts, since = row.id, row.contacts, _day(row.date.isoformat())
    else:
        item, contacts, since = _item(row), filter(None, (row.email, row.phone)), _day(row.subscribed_at)
    for contact in contacts:
        yield Waits(normal("email" if "@" in contact else "phone", contact), item[:255], since)


def _item(row: Subscription) -> str:
    return row.sku or row.group_id or row.barcode or row.model or ""


def _day(moment: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(moment[:10])
    return None
