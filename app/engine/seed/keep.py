"""Writing what the seed made, a table at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert

from app.engine.seed.catalogue import NAMES
from app.engine.store.communications import Communication
from app.engine.store.consents import Consent
from app.engine.store.customers import Customer, Identity
from app.engine.store.devices import Device, PushToken
from app.engine.store.orders import Order, OrderItem
from app.engine.store.segments import Member
from app.engine.store.suppressions import DoNotUse

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.engine.seed.person import Person
    from app.engine.store.base import Base
    from app.engine.store.db import Db

Row = dict[str, Any]
Known = list[tuple[int, "Person"]]  # the number of the customer's row, and who it is
EMPTY: Row = {
    "first_name": None,
    "last_name": None,
    "gender": None,
    "birthday": None,
    "age": None,
    "location": None,
    "fb_id": None,
    "vk_id": None,
    "loyalty_card_location": None,
    "loyalty_status": None,
    "loyalty_bonuses": None,
    "loyalty_bonuses_to_next_level": None,
    "bought_something": None,
    "kids": [],
    "auto": [],
    "tags": [],
    "custom_properties": {},
}


def numbered(db: Db, model: type[Base], rows: Iterable[Row]) -> list[int]:
    """Insert rows of a shop and give their numbers, in order."""
    many = [{"shop_id": db.shop.id} | row for row in rows]
    kept = insert(model).returning(model.__table__.c.id, sort_by_parameter_order=True)
    return list(db.scalars(kept, many)) if many else []


def put(db: Db, model: type[Base], rows: Iterable[Row]) -> None:
    """Insert rows of a shop."""
    many = [{"shop_id": db.shop.id} | row for row in rows]
    if many:
        db.execute(insert(model), many)


def people(db: Db, persons: list[Person], segments: dict[int, int]) -> None:
    """Insert customers with all that hangs on them. `segments` leads from numbers to rows."""
    numbers = numbered(db, Customer, (EMPTY | {"created": person.created} | person.about for person in persons))
    known: Known = list(zip(numbers, persons, strict=True))
    put(db, Identity, _identities(known))
    put(db, Consent, _consents(known))
    put(db, DoNotUse, _do_not_use(persons))
    put(db, Communication, ({"customer_id": number} | call for number, person in known for call in person.calls))
    put(db, Member, _members(known, segments))
    _devices(db, known)
    _orders(db, known)


def _identities(known: Known) -> Iterator[Row]:
    for number, person in known:
        for kind, value in person.keys:
            is_main = value == person.key(kind)
            yield {"customer_id": number, "kind": kind, "value": value, "is_main": is_main}


def _consents(known: Known) -> Iterator[Row]:
    for number, person in known:
        for flag in person.on + person.off:
            channel, _, kind = flag.partition("_")
            yield {
                "customer_id": number,
                "channel": channel,
                "campaign_type": kind,
                "is_on": flag in person.on,
                "changed": person.created,
            }


def _do_not_use(persons: list[Person]) -> Iterator[Row]:
    for person in persons:
        for contact, reason in person.unusable:
            kind = "email" if "@" in contact else "sms"
            yield {"contact_type": kind, "contact": contact, "reason": reason, "since": person.created}


def _members(known: Known, segments: dict[int, int]) -> Iterator[Row]:
    for number, person in known:
        for segment in person.segments:
            yield {"segment_id": segments[segment], "customer_id": number, "added": person.created}


def _devices(db: Db, known: Known) -> None:
    owned = [(number, person, did) for number, person in known for did in person.dids]
    devices = numbered(
        db,
        Device,
        (
            {"did": did, "customer_id": number, "created": person.created, "seen": person.created}
            for number, person, did in owned
        ),
    )
    first = {id(person): device for (_, person, _), device in reversed(list(zip(owned, devices, strict=True)))}
    put(
        db,
        PushToken,
        (
            {
                "device_id": first[id(person)],
                "kind": kind,
                "platform": platform,
                "token": token,
                "created": person.created,
            }
            for _, person in known
            for kind, platform, token in person.push
        ),
    )


def _orders(db: Db, known: Known) -> None:
    bought = [(number, purchase) for number, person in known for purchase in person.purchases]
    orders = numbered(
        db,
        Order,
        (
            {
                "number": purchase.number,
                "customer_id": number,
                "at": purchase.at,
                "status": purchase.status,
                "status_changed": purchase.at,
                "channel": "website",
                "is_offline": False,
                "total": purchase.total,
                "cash": purchase.total - purchase.bonuses,
                "bonuses": purchase.bonuses,
                "delivery": purchase.delivery,
                "discount": purchase.discount,
                "promocode": purchase.promocode,
                "location": None,
                "delivery_type": None,
                "delivery_address": None,
                "delivery_date": None,
                "delivery_time": None,
                "payment_type": "card",
                "details": {},
                "steps": [],
            }
            | purchase.more
            for number, purchase in bought
        ),
    )
    put(
        db,
        OrderItem,
        (
            {
                "order_id": order,
                "product": product,
                "name": NAMES.get(product),
                "price": price,
                "quantity": quantity,
                "details": purchase.lines.get(product, {}),
            }
            for order, (_, purchase) in zip(orders, bought, strict=True)
            for product, price, quantity in purchase.items
        ),
    )
