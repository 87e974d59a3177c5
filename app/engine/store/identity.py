"""Whom a call is about: find a customer by any key, make one, or learn that two of them are the same person.

Keys decide in the order of KINDS. A device belongs to one customer at a time, and goes to whoever is named beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from sqlalchemy import Table, bindparam, select

from app.engine.store import suppressions
from app.engine.store.contacts import normal
from app.engine.store.customers import KINDS, SEVERAL, Customer, Identity
from app.engine.store.db import Db
from app.engine.store.devices import Device, device_found_or_made, device_of
from app.engine.store.merging import are_one, merge

Keys = dict[str, str]
_identities = cast("Table", Identity.__table__).c
OWNER = select(_identities.customer_id).where(  # made once: nearly every call asks it
    _identities.shop_id == bindparam("shop"),
    _identities.kind == bindparam("kind"),
    _identities.value == bindparam("key"),
)


class PurgedError(Exception):
    """The only key given is an address that bounced, which is purged for ever: nobody can go by it."""


def keys_of(db: Db, who: Mapping[str, str]) -> Keys:
    """Bring what a call says of a person into the normal form, most telling key first."""
    region = db.at.settings.phone_region
    return {kind: key for kind in KINDS if (said := who.get(kind)) and (key := normal(kind, said, region))}


def find(db: Db, who: Mapping[str, str]) -> Customer | None:
    """Find a customer to read: by the first key that is known, then by the device.

    Calls that only read remember whom they found: whoever opens a customer asks six times for the same one.
    """
    if not db.at.remembers:
        return _found(db, who)
    key = ("customer", *((kind, str(who[kind])) for kind in (*KINDS, "did") if who.get(kind)))
    customer = db.known.once(key, lambda: _found(db, who))
    return db.merge(customer, load=False) if customer else None


def _found(db: Db, who: Mapping[str, str]) -> Customer | None:
    number = find_number(db, who)
    return db.get(Customer, number) if number else None


def find_number(db: Db, who: Mapping[str, str]) -> int | None:
    """Find a customer as `find` does, where only the number of their row is wanted."""
    for kind, key in keys_of(db, who).items():
        if owner := _owner_of(db, kind, key):
            return owner
    device = device_of(db, who["did"]) if who.get("did") else None
    return device.customer_id if device else None


def found_or_made(db: Db, who: Mapping[str, str]) -> Customer:
    """Find a customer to change something of theirs, or make one. Who is found keeps the keys they have."""
    return _found_or_made(db, who, _usable(db, keys_of(db, who)))


def _found_or_made(db: Db, who: Mapping[str, str], keys: Keys) -> Customer:
    device = device_found_or_made(db, who["did"]) if who.get("did") else None
    customer = _first_owner(db, keys) or _owner_without(db, device, keys)
    if customer is None:
        customer = make(db, keys)
    if device:
        give_device(db, device, customer)
    return customer


def identified(db: Db, who: Mapping[str, str]) -> Customer:
    """Find or make a customer, and believe what is said of their keys: new ones replace, complementary people merge.

    Merging cannot be undone, so it takes the secret: anybody could say it of two people through an app.
    """
    keys = _usable(db, keys_of(db, who))
    customer = _found_or_made(db, who, keys)
    owners = owners_of(db, keys)
    others = [kind for kind, owner in owners.items() if owner != customer.id]
    others = others if db.at.caller.has_secret else []
    for kind in others:
        other = db.get_one(Customer, owners[kind], with_for_update=True)
        if are_one(customer, other, found_by=kind):
            merge(db, customer, other)
    owners_now = owners_of(db, keys) if others else owners
    found_by = next(iter(owners), None)
    attach(
        db,
        customer,
        {
            kind: key
            for kind, key in keys.items()
            if kind not in owners_now or (kind != found_by and owners_now[kind] == customer.id)
        },
    )
    return customer


def owners_of(db: Db, keys: Keys) -> dict[str, int]:
    """Say whose each key is; keys of nobody are left out. The order is that of the keys."""
    owners: dict[str, int] = {}
    for kind, key in keys.items():
        if owner := _owner_of(db, kind, key):
            owners[kind] = owner
    return owners


def _owner_of(db: Db, kind: str, key: str) -> int | None:
    owner: int | None = db.scalar(OWNER, {"shop": db.shop.id, "kind": kind, "key": key})
    return owner


def make(db: Db, keys: Keys) -> Customer:
    """Add a customer who goes by these keys."""
    customer = new_customer(db, keys)
    db.add(customer)
    db.flush()
    return customer


def new_customer(db: Db, keys: Keys) -> Customer:
    """Describe a customer who goes by these keys, and is still to be added."""
    customer = Customer(shop_id=db.shop.id, created=db.now, kids=[], auto=[], tags=[], custom_properties={})
    customer.identities = [_identity(db, kind, key) for kind, key in keys.items()]
    return customer


def _identity(db: Db, kind: str, key: str) -> Identity:
    return Identity(shop_id=db.shop.id, kind=kind, value=key, is_main=True)


def attach(db: Db, customer: Customer, keys: Keys) -> None:
    """Let a customer go by these keys; where one can have several, the former ones still lead here."""
    for kind, key in keys.items():
        if customer.main(kind) == key:
            continue
        for former in [known for known in customer.identities if known.kind == kind and known.is_main]:
            if kind in SEVERAL:
                former.is_main = False
            else:
                customer.identities.remove(former)
        db.flush()
        known = next((known for known in customer.identities if (known.kind, known.value) == (kind, key)), None)
        if known:
            known.is_main = True
        else:
            customer.identities.append(_identity(db, kind, key))
    if keys:
        db.flush()


def drop_key(db: Db, customer: Customer, kind: str, key: str) -> None:
    """Take a key away; if it was the main one, the next of its kind takes its place."""
    for known in [known for known in customer.identities if (known.kind, known.value) == (kind, key)]:
        customer.identities.remove(known)
    others = [known for known in customer.identities if known.kind == kind]
    if others and customer.main(kind) is None:
        others[0].is_main = True
    db.flush()


def give_device(db: Db, device: Device, customer: Customer) -> None:
    """Bind a device to a customer; what was known of its nameless owner is theirs."""
    former = db.get(Customer, device.customer_id, with_for_update=True) if device.customer_id else None
    if former is customer:
        return
    device.customer_id = customer.id
    db.flush()
    if former and former.is_anonymous:
        merge(db, customer, former)


def _usable(db: Db, keys: Keys) -> Keys:
    """Leave out an address that bounced; refuse if nothing else is said."""
    email = keys.get("email", "")
    if not email or suppressions.BOUNCED not in suppressions.reasons(db, [email]).get(email, ()):
        return keys
    if len(keys) == 1:
        raise PurgedError
    return {kind: key for kind, key in keys.items() if kind != "email"}


def _first_owner(db: Db, keys: Keys) -> Customer | None:
    owner = next(iter(owners_of(db, keys).values()), None)
    return db.get(Customer, owner, with_for_update=True) if owner else None


def _owner_without(db: Db, device: Device | None, keys: Keys) -> Customer | None:
    """Give the owner of a device unless what is said contradicts them; they learn the keys they lack."""
    owner = db.get(Customer, device.customer_id, with_for_update=True) if device and device.customer_id else None
    if owner is None or any(owner.main(kind) not in {None, key} for kind, key in keys.items()):
        return None
    attach(db, owner, {kind: key for kind, key in keys.items() if owner.main(kind) is None})
    return owner
