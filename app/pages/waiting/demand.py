"""Who waits for which product: read whole from REES46, whichever of its two shapes it answers in."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.rees46.triggers import Waiting, WaitingForPrice, WaitingForStock
from app.store import daily
from app.web.context import desk
from app.web.panels.offered import ask_if_offered
from app.web.shops import shop
from app.work.daily.shops import today

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.rees46.triggers import Subscription
    from app.store.products_seen import SeenProduct

STOCK, PRICE = "stock", "price"
KINDS = {STOCK: _l("Back in stock"), PRICE: _l("Price drop")}
OPERATIONS = {STOCK: WaitingForStock, PRICE: WaitingForPrice}
SNAPSHOTS = {STOCK: daily.WAITING_FOR_STOCK, PRICE: daily.WAITING_FOR_PRICE}
WEEK = timedelta(days=7)


@dataclass
class Wanted:
    """A product that is waited for; a contact is an address, or the number of who has none."""

    item: str
    number: int = 0
    last: date | None = None
    contacts: list[str] = field(default_factory=list)
    variants: dict[str, int] = field(default_factory=dict)  # sizes and the like, with how many want each


@dataclass(frozen=True)
class Growth:
    """How many waited on an earlier day, as the desk noted it; without a day nothing was noted yet."""

    day: date | None
    numbers: dict[str, int]

    def of(self, wanted: Wanted) -> int | None:
        return wanted.number - self.numbers.get(wanted.item, 0) if self.day else None


@dataclass(frozen=True)
class Line:
    """A product of the list, with what is known of it; None: it was not read yet."""

    wanted: Wanted
    product: SeenProduct | None
    kind: str
    grown: int | None

    @property
    def value(self) -> float | None:
        """What it would bring if everybody who waits bought one."""
        price = self.product.price if self.product else None
        return price * self.wanted.number if price else None

    @property
    def is_overdue(self) -> bool:
        """Whether it is there and they still wait: the message did not go out, or is about to."""
        return self.kind == STOCK and bool(self.product and self.product.is_available)


def read(kind: str) -> list[Wanted]:
    """Read who waits, by product."""
    by_item: dict[str, Wanted] = {}
    for row in ask_if_offered(OPERATIONS[kind]()):
        if isinstance(row, Waiting):
            number = row.subscribers if row.subscribers is not None else row.quantity
            _add(by_item, row.id, number, row.date, row.contacts)
        else:
            wanted = _add(by_item, item_of(row), 1, _day(row.subscribed_at), _contact(row))
            for variant in _variants(row):
                wanted.variants[variant] = wanted.variants.get(variant, 0) + 1
    return list(by_item.values())


def _add(by_item: dict[str, Wanted], item: str, number: int, day: date | None, contacts: Iterable[str]) -> Wanted:
    wanted = by_item.setdefault(item, Wanted(item))
    wanted.number += number
    wanted.last = max(filter(None, (wanted.last, day)), default=None)
    wanted.contacts.extend(contacts)
    return wanted


def item_of(row: Subscription) -> str:
    return row.sku or row.group_id or row.barcode or row.model or ""


def _contact(row: Subscription) -> list[str]:
    contact = row.email or row.phone
    return [contact] if contact else []


def _variants(row: Subscription) -> list[str]:
    return [str(value) for name, value in (row.properties or {}).items() if name != "barcode" and value]


def _day(moment: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(moment[:10])
    return None


def growth(kind: str) -> Growth:
    """Find what was noted a week ago, or on the first day since then."""
    first = today() - WEEK
    with desk().reading() as db:
        days = [day for day in daily.readings(db, shop().id, SNAPSHOTS[kind], first) if day < today()]
        numbers = daily.figures(db, shop().id, SNAPSHOTS[kind], first) if days else {}
    return Growth(min(days), numbers.get(min(days), {})) if days else Growth(None, {})
