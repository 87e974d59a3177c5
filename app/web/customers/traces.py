"""What the desk remembers of customers beyond REES46: former contacts, order numbers, names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.store import customer_traces, customers
from app.web.context import desk, settings
from app.web.customers.keys import normal
from app.web.customers.parse import readings, tidy
from app.web.shops import shop

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.rees46.profile import Profile
    from app.store.customer_traces import Seen
    from app.store.customers import KnownCustomer

CONTACTS = ("email", "phone")
LONGEST_ORDER = 255
NUMBER_SIGN = re.compile(r"^(#|no\.?)\s*", re.IGNORECASE)  # tidied up, № is No
MOST_ORDERS = 200


@dataclass(frozen=True)
class Remembered:
    """Somebody whom REES46 does not find by what was typed, and as what the desk saw it."""

    customer: KnownCustomer
    kind: str  # email, phone, loyalty_id, order, name


def note_seen(db: Session, customer: KnownCustomer, profile: Profile) -> None:
    """Remember the contacts and orders of a profile that is shown."""
    customer_traces.keep(db, customer, _seen(profile), settings().key)


def _seen(profile: Profile) -> list[Seen]:
    contacts = [
        (kind, normal(kind, str(value)))
        for kind, more in (("email", "additional_emails"), ("phone", "additional_phones"))
        for value in (getattr(profile, kind), *(getattr(profile, more) or ()))
        if value
    ]
    orders = [("order", str(order.id)[:LONGEST_ORDER]) for order in (profile.orders or ())[:MOST_ORDERS]]
    loyalty = [("loyalty_id", profile.loyalty_id)] if profile.loyalty_id else []
    return [*contacts, *loyalty, *orders]


def former_contacts(customer: KnownCustomer, *present: str | None) -> list[Seen]:
    """List addresses and numbers that were this customer's, and are not among the present ones; newest first."""
    now = {normal(kind, value) for kind in CONTACTS for value in present if value}
    with desk().reading() as db:
        seen = customer_traces.seen_with(db, customer.id, CONTACTS, settings().key)
    return [(kind, value) for kind, value in seen if value not in now]


def aliases(customer: KnownCustomer) -> list[int]:
    """List all keys of somebody: a message to a number stands under the customer, or under the number itself."""
    with desk().reading() as db:
        return aliases_in(db, customer)


def aliases_in(db: Session, customer: KnownCustomer) -> list[int]:
    """Do so within a transaction that reads more."""
    own, key = (customer.kind, customer.value), settings().key
    owners = {one.id for one, kind in customer_traces.whose(db, customer.shop_id, [own], key) if kind == own[0]}
    seen = customer_traces.seen_with(db, customer.id, (*CONTACTS, "loyalty_id"), key)
    return sorted({customer.id, *owners, *customers.met_as(db, customer.shop_id, seen)})


def remembered(text: str) -> list[Remembered]:
    """Find whom the desk remembers by what was typed: a former contact, an order number, a name."""
    wanted = [(way.kind, way.value) for ways in readings(text) for way in ways]
    words = [tidy(text), *tidy(text).split()]
    wanted += [("order", number) for word in words for number in (word, NUMBER_SIGN.sub("", word))]
    with desk().reading() as db:
        seen = [Remembered(one, kind) for one, kind in customer_traces.whose(db, shop().id, wanted, settings().key)]
        named = [Remembered(one, "name") for one in customers.called(db, shop().id, tidy(text))]
    found: dict[int, Remembered] = {}
    for one in (*seen, *named):
        found.setdefault(one.customer.id, one)
    return list(found.values())
