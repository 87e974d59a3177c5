"""How a customer stands to a product: whether they wait, since when, for which price, and what would reach them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.benches.triggers.plots import KINDS, PRICE
from app.rees46.triggers import Subscription, Waiting
from app.store import acts
from app.store.acts import Act
from app.web.channels import CHANNELS, NAMES, PUSHES
from app.web.context import desk
from app.web.customers.reach import Way, reach_of
from app.web.customers.waiting import is_waiting, of_customer, rows_for
from app.web.panels.offered import NotOffered
from app.web.shops import shop

if TYPE_CHECKING:
    from app.store.customers import KnownCustomer

LOOKED_AT = 50  # of their subscriptions from this desk, for the price
WHY_NOT_ASKED = _l("Never asked: REES46 does not say whether waiting counts as a yes. The box takes it as one.")


@dataclass(frozen=True)
class Wait:
    """Whether they wait in one way; None is what REES46 does not tell."""

    kind: str
    is_on: bool | None
    since: date | None = None
    is_latest: bool = False  # `since` is the day of whoever asked last, of several
    price: float | None = None  # as this desk subscribed them last
    others: int = 0


@dataclass(frozen=True)
class Standing:
    """All of it for one customer and one product."""

    waits: list[Wait]
    ways: list[Way] = field(default_factory=list)


def standing_of(customer: KnownCustomer, item: str) -> Standing:
    """Ask REES46 now."""
    return Standing([_wait(customer, kind, item) for kind in KINDS], ways_to(customer))


def _wait(customer: KnownCustomer, kind: str, item: str) -> Wait:
    is_on = is_waiting(customer, kind, item)
    try:
        rows = rows_for(kind, item)
    except NotOffered:
        return Wait(kind, is_on)
    mine = of_customer(rows, customer) if is_on else []
    day, is_latest = _since(mine)
    everybody = sum(_number(row) for row in rows)
    price = _price(customer, item) if is_on and kind == PRICE else None
    return Wait(kind, is_on, day, is_latest, price, max(everybody - bool(is_on), 0))


def _since(rows: list[Waiting | Subscription]) -> tuple[date | None, bool]:
    for row in rows:
        if isinstance(row, Waiting):
            return row.date, _number(row) > 1
        return _day(row.subscribed_at), False
    return None, False


def _number(row: Waiting | Subscription) -> int:
    if isinstance(row, Waiting):
        return row.quantity if row.subscribers is None else row.subscribers
    return 1


def _day(moment: str) -> date | None:
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return None


def _price(customer: KnownCustomer, item: str) -> float | None:
    """Find the price in the trail: REES46 does not tell it."""
    asked = acts.wanted(shop_ids=(shop().id,), customer_id=customer.id, what="triggers.SubscribeToPriceDrop")
    with desk().reading() as db:
        found = db.scalars(asked.where(Act.written == "done").order_by(Act.id.desc()).limit(LOOKED_AT)).all()
    mine = (act.asked.get("price") for act in found if act.asked.get("item") == item)
    price = next(mine, None)
    return float(price) if isinstance(price, int | float | str) else None


def ways_to(customer: KnownCustomer) -> list[Way]:
    """Say which channels a message of a trigger would take: a no is respected, and so is an address that is stopped."""
    reach = reach_of(customer)
    ways = [reach.push(channel) for channel in PUSHES]
    for channel in reach.channels:
        cell = reach.cells.get(f"{channel}_chain")
        if cell is None or channel in PUSHES:
            continue
        is_open = cell.was_never_asked and not (cell.stops or cell.untold)
        ways.append(Way(channel, "unknown", str(WHY_NOT_ASKED)) if is_open else Way(channel, cell.answer, cell.why))
    return [Way(way.channel, way.answer, way.why or _("REES46 did not say.")) for way in ways]


def name_of(channel: str) -> str:
    return str((NAMES | CHANNELS).get(channel, channel))
