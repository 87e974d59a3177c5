"""Many people at once: what `people.identified` does for one, in a handful of queries for hundreds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from sqlalchemy import select

from app.engine.store import suppressions
from app.engine.store.customers import Customer, Identity
from app.engine.store.db import Db
from app.engine.store.identity import Keys, attach, find, identified, keys_of, new_customer

Who = Mapping[str, str]
Owners = dict[tuple[str, str], int]


def identified_many(db: Db, whos: Sequence[Who]) -> list[Customer | None]:
    """Find or make a customer for each; none where the only key is an address that bounced."""
    keys = _without_purged(db, [keys_of(db, who) for who in whos])
    found: list[Customer | None] = []
    for some in _strangers_to_each_other(keys):
        found += _identified(db, [whos[place] for place in some], [keys[place] for place in some])
    # A later row may have shown that an earlier customer is somebody else's second self.
    return [one if one is None or one in db else find(db, who) for one, who in zip(found, whos, strict=True)]


def owners_of_many(db: Db, keys: Sequence[Keys]) -> Owners:
    """Say whose each key is; keys of nobody are left out."""
    pairs = sorted({pair for some in keys for pair in some.items()})
    owners: Owners = {}
    for kind, same in groupby(pairs, key=lambda pair: pair[0]):
        known = select(Identity.value, Identity.customer_id).where(
            Identity.shop_id == db.shop.id, Identity.kind == kind, Identity.value.in_([value for _, value in same])
        )
        owners |= {(kind, value): customer for value, customer in db.execute(known)}
    return owners


def _without_purged(db: Db, keys: Sequence[Keys]) -> list[Keys]:
    barred = suppressions.reasons(db, [some["email"] for some in keys if "email" in some])
    purged = {email for email, reasons in barred.items() if suppressions.BOUNCED in reasons}
    return [{kind: key for kind, key in some.items() if kind != "email" or key not in purged} for some in keys]


def _strangers_to_each_other(keys: Sequence[Keys]) -> Iterator[list[int]]:
    """Cut where a key comes again: what the earlier row does with it has to be seen by the later one."""
    seen: set[tuple[str, str]] = set()
    some: list[int] = []
    for place, mine in enumerate(keys):
        if not seen.isdisjoint(mine.items()):
            yield some
            seen, some = set(), []
        seen.update(mine.items())
        some.append(place)
    if some:
        yield some


def _identified(db: Db, whos: Sequence[Who], keys: Sequence[Keys]) -> list[Customer | None]:
    owners = owners_of_many(db, keys)
    known = select(Customer).where(Customer.id.in_(set(owners.values()))).order_by(Customer.id).with_for_update()
    customers = {customer.id: customer for customer in db.scalars(known)}
    found: list[Customer | None] = []
    for who, mine in zip(whos, keys, strict=True):
        ids = {owner for pair in mine.items() if (owner := owners.get(pair))}
        if not mine and "did" not in who:
            found.append(None)
        elif len(ids) > 1 or "did" in who:
            found.append(identified(db, who))
        elif ids:
            customer = customers[ids.pop()]
            attach(db, customer, {kind: key for kind, key in mine.items() if (kind, key) not in owners})
            found.append(customer)
        else:
            customer = new_customer(db, mine)
            db.add(customer)
            found.append(customer)
    db.flush()
    return found
