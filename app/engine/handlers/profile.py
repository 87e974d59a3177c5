"""Profiles: saved, read, given another key, and forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row

from app import erasures
from app.engine.answers import Refusal, answers
from app.engine.store import erased, suppressions
from app.engine.store.contacts import address
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.events import sizes_of
from app.engine.store.identity import attach, drop_key, find, find_number, identified, keys_of, owners_of
from app.engine.store.profile_rows import ProfileRows, profile_rows
from app.engine.store.profiles import describe, forget
from app.rees46 import profile
from app.rees46.replies import Done

MOST_ORDERS = 100
SAME_NAMED = (
    "first_name",
    "last_name",
    "fb_id",
    "vk_id",
    "loyalty_card_location",
    "loyalty_status",
    "loyalty_bonuses",
    "loyalty_bonuses_to_next_level",
    "gender",
    "location",
    "age",
    "bought_something",
    "tags",
    "custom_properties",
)


@answers
def save(db: Db, op: profile.Set) -> Done:
    """Save what is known of a customer, who is made if unknown."""
    describe(identified(db, op.who()), op, op.custom())
    return Done()


@answers
def read(db: Db, op: profile.Read) -> profile.Profile | profile.AnonymousProfile:
    """Give the whole profile to who has the secret; a device alone learns nothing that names its owner."""
    if not db.at.caller.has_secret:
        if not op.did:
            raise Refusal(403, "Invalid secret key")
        return _anonymous(db, find(db, {"did": op.did}))
    customer = find_number(db, op.who())
    if customer is None:
        raise Refusal(404, "Profile not found")
    return _whole(profile_rows(db, customer, MOST_ORDERS))


@answers
def force_change_email(db: Db, op: profile.ForceChangeEmail) -> Done:
    """Give a customer another address; one that bounced nobody can have."""
    new = address(op.new_email)
    bounced = suppressions.BOUNCED in suppressions.reasons(db, [new]).get(new, ())
    customer = _known(db, {"email": op.old_email}, "Profile with `old_email` not found")
    if bounced:
        raise Refusal(400, "new_email: the address bounced and was purged for ever")
    _give(db, customer, {"email": op.old_email}, {"email": new})
    return Done()


@answers
def force_change_phone(db: Db, op: profile.ForceChangePhone) -> Done:
    """Give a customer another phone number."""
    customer = _known(db, {"phone": op.old_phone}, "Profile with `old_phone` not found")
    _give(db, customer, {"phone": op.old_phone}, {"phone": op.new_phone})
    return Done()


@answers
def force_change_id(db: Db, op: profile.ForceChangeId) -> Done:
    """Give a customer another ID of the shop's own."""
    customer = _known(db, {"external_id": op.old_external_id}, "Profile with `old_external_id` not found")
    _give(db, customer, {"external_id": op.old_external_id}, {"external_id": op.new_external_id})
    return Done()


@answers
def purge(db: Db, op: profile.Purge) -> Done:
    """Forget who a customer is, and note it where a restored backup finds it."""
    customer = _known(db, op.who(), "Profile not found")
    keys = erased.keys_of(db, customer)
    forget(db, customer)
    erasures.note(db.at.settings, db.shop.shop_id, keys)
    return Done()


def _known(db: Db, who: Mapping[str, str], missing: str) -> Customer:
    """Find a customer to change, or say that there is none."""
    found = find(db, who)
    if found is None:
        raise Refusal(404, missing)
    return db.get_one(Customer, found.id, with_for_update=True)


def _give(db: Db, customer: Customer, old: Mapping[str, str], new: Mapping[str, str]) -> None:
    """Let a customer go by another key of the same kind; whoever else has it loses it."""
    former, keys = keys_of(db, old), keys_of(db, new)
    if former == keys:
        return
    for kind, owner in owners_of(db, keys).items():
        if owner != customer.id:
            drop_key(db, db.get_one(Customer, owner, with_for_update=True), kind, keys[kind])
    for kind, key in former.items():
        drop_key(db, customer, kind, key)
    attach(db, customer, keys)


def _anonymous(db: Db, customer: Customer | None) -> profile.AnonymousProfile:
    if customer is None:
        return profile.AnonymousProfile()
    genders = {gender for kid in customer.kids if (gender := kid.get("gender"))}
    return profile.AnonymousProfile(
        fashion_sizes=list(sizes_of(db, customer.id)),
        gender=customer.gender,
        children=[{"gender": kid.get("gender")} for kid in customer.kids],
        child_gender=genders.pop() if len(genders) == 1 else None,
        compatibility=[{name: car.get(name) for name in ("brand", "model")} for car in customer.auto] or None,
        vds=[car["vds"] for car in customer.auto if car.get("vds")] or None,
        has_email=customer.email is not None,
        bought_something=bool(customer.bought_something),
        id=str(customer.id),
        custom_properties=customer.custom_properties,
    )


def _whole(rows: ProfileRows) -> profile.Profile:
    born = rows.customer["birthday"]
    return profile.Profile(
        **{name: rows.customer[name] for name in SAME_NAMED},
        email=rows.main.get("email"),
        phone=rows.main.get("phone"),
        birthday=born.isoformat() if born else None,
        telegram_id=rows.main.get("telegram_id"),
        loyalty_id=rows.main.get("loyalty_id"),
        additional_phones=rows.additional.get("phone", []),
        additional_emails=rows.additional.get("email", []),
        additional_loyalty_ids=rows.additional.get("loyalty_id", []),
        orders=[_order(order, lines) for order, lines in rows.orders],
    )


def _order(order: Row[Any], lines: list[Row[Any]]) -> profile.Order:
    items = [
        profile.OrderItem(id=item.product, price=item.price, name=item.name, quantity=item.quantity) for item in lines
    ]
    return profile.Order(id=order.number, value=order.total, status=order.status, items=items)
