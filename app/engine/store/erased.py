"""Making customers nameless once more, after a backup from before their erasure was restored."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING

from sqlalchemy import literal, select

from app.database import Database
from app.engine.store.customers import Customer, Identity
from app.engine.store.db import Circumstances, Db
from app.engine.store.devices import Device
from app.engine.store.profiles import forget
from app.engine.store.shops import shop_of
from app.erasures import digests

if TYPE_CHECKING:
    from app.config import Settings
    from app.engine.store.shops import Shop
    from app.erasures import Erasure, Key

DEVICE = "did"


def keys_of(db: Db, customer: Customer) -> list[Key]:
    """Give the keys by which a customer is found again; of one without any the devices, which may change hands."""
    keys = [(each.kind, each.value) for each in customer.identities]
    devices = select(Device.did).where(Device.customer_id == customer.id)
    return keys or [(DEVICE, did) for did in db.scalars(devices)]


def forget_again(settings: Settings, erasures: Iterable[Erasure]) -> int:
    """Find the customers by the digests of their keys; whoever has one of an erased customer is that customer."""
    erased: dict[str, set[str]] = {}
    for erasure in erasures:
        erased.setdefault(erasure.shop, set()).update(erasure.keys)
    database = Database(settings.box_database, Db)
    count = 0
    for shop_id, erased_as in erased.items():
        with database.writing() as db:
            if shop := shop_of(db, shop_id):
                db.at = Circumstances(shop, settings)
                count += _forget_those(db, settings, shop, erased_as)
    database.engine.dispose()
    return count


def _forget_those(db: Db, settings: Settings, shop: Shop, erased_as: set[str]) -> int:
    keys = select(Identity.customer_id, Identity.kind, Identity.value).where(Identity.shop_id == shop.id)
    of_somebody = Device.shop_id == shop.id, Device.customer_id.is_not(None)
    devices = select(Device.customer_id, literal(DEVICE), Device.did).where(*of_somebody)
    found = {
        customer_id
        for customer_id, kind, value in chain(db.execute(keys), db.execute(devices))
        if not erased_as.isdisjoint(digests(settings, shop.shop_id, (kind, value)))
    }
    for customer in (erased := db.scalars(select(Customer).where(Customer.id.in_(found))).all()):
        forget(db, customer)
    return len(erased)
