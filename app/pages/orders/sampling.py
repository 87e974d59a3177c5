"""Looking at a few orders of an import in REES46: accepted is not done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.rees46.orders import Order
from app.store import orders_seen, record_imports
from app.vault import KeyChanged
from app.web.context import desk, settings
from app.web.customers.lookup import read_profile
from app.web.filters import money, number
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.rees46.profile import Order as Theirs
    from app.rees46.profile import Profile
    from app.store.record_imports import RecordImport

MOST = 5
ROUNDING = 0.011


@dataclass(frozen=True)
class Looked:
    """One order of the sample. `state`: nobody (no customer is known to look at), missing, untold, there.

    `other` are the fields that are not as they were sent: what each is called, what was sent and what is now.
    """

    number: str
    state: str
    other: list[tuple[str, str, str]] = field(default_factory=list)


def look(batch: RecordImport) -> list[Looked]:
    """Read the customers of a few orders, spread over the import, and compare their orders with what was sent."""
    orders = _some(batch)
    with desk().reading() as db:
        known = orders_seen.by_numbers(db, shop().id, [order.id for order in orders])
    read: dict[tuple[tuple[str, str], ...], Profile | None] = {}
    found = []
    for order in orders:
        met = known.get(order.id)
        who = order.who() or (dict(met.customer.identity) if met and met.customer else {})
        asked = tuple(sorted(who.items()))
        if asked and asked not in read:
            read[asked] = read_profile(who)
        found.append(_looked(order, who, read.get(asked)))
    return found


def _some(batch: RecordImport) -> list[Order]:
    places = sorted({place * (batch.rows - 1) // (MOST - 1) for place in range(MOST)}) if batch.rows else []
    found = []
    with desk().reading() as db:
        for place in places:
            part = record_imports.part_at(db, batch.id, place // record_imports.PART)
            try:
                records = part.records(settings().key) if part else []
            except KeyChanged:
                records = []
            found += records[place % record_imports.PART :][:1]
    return [Order.model_validate(record) for record in found]


def _looked(order: Order, who: Mapping[str, str], profile: Profile | None) -> Looked:
    if not who:
        return Looked(order.id, "nobody")
    if profile is None:
        return Looked(order.id, "missing")
    if profile.orders is None:
        return Looked(order.id, "untold")
    theirs = next((one for one in profile.orders if one.id == order.id), None)
    return Looked(order.id, "there", _other(order, theirs)) if theirs else Looked(order.id, "missing")


def _other(order: Order, theirs: Theirs) -> list[tuple[str, str, str]]:
    """Compare what was sent; what was left out of the file stays as it is."""
    other = []
    if order.status is not None and theirs.status is not None and order.status != theirs.status:
        other.append((_("Status"), order.status, theirs.status))
    total = order.cost().total
    if total is not None and theirs.value is not None and abs(total - theirs.value) >= ROUNDING:
        other.append((_("Total"), money(total), money(theirs.value)))
    pieces = sum(line.quantity for line in order.items)
    now = sum(line.quantity or 1 for line in theirs.items or [])
    if order.items and theirs.items is not None and pieces != now:
        other.append((_("Pieces"), number(pieces), number(now)))
    return other
