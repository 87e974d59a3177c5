"""Finding many customers at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import select

from app.engine.answers import answers
from app.engine.store.batches import batches
from app.engine.store.consents import flags_of
from app.engine.store.contacts import normal
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.devices import last_dids, push_kinds
from app.engine.store.identity_bulk import owners_of_many
from app.rees46 import crm

MOST_BIRTHDAYS = 5
SAME_NAMED = (
    "email",
    "phone",
    "first_name",
    "last_name",
    "gender",
    "age",
    "location",
    "loyalty_status",
    "loyalty_bonuses",
    "loyalty_bonuses_to_next_level",
)


@answers
def search(db: Db, op: crm.Search) -> list[crm.Found]:
    """Give the customers who go by the keys, in the order of the keys."""
    found = _born_on(db, op.ids) if op.by == "birthday" else _known_by(db, op.by, op.ids)
    return [known for some in batches(found) for known in _described(db, some)]


def _born_on(db: Db, days: Iterable[str]) -> Iterator[Customer]:
    for day in list(_valid(days))[:MOST_BIRTHDAYS]:
        born = select(Customer).where(Customer.shop_id == db.shop.id, Customer.birthday == day)
        yield from db.scalars(born.order_by(Customer.id))


def _valid(days: Iterable[str]) -> Iterator[date]:
    for day in dict.fromkeys(days):
        try:
            yield date.fromisoformat(day)
        except ValueError:
            continue


def _known_by(db: Db, kind: str, keys: Sequence[str]) -> Iterator[Customer]:
    region = db.at.settings.phone_region
    wanted = dict.fromkeys(normal(kind, key, region) for key in keys)
    for some in batches(wanted):
        owners = owners_of_many(db, [{kind: key} for key in some])
        ids = list(dict.fromkeys(owners[kind, key] for key in some if (kind, key) in owners))
        customers = {known.id: known for known in db.scalars(select(Customer).where(Customer.id.in_(ids)))}
        yield from (customers[id_] for id_ in ids)


def _described(db: Db, customers: Sequence[Customer]) -> Iterator[crm.Found]:
    ids = [customer.id for customer in customers]
    flags, pushes, dids = flags_of(db, ids), push_kinds(db, ids), last_dids(db, ids)
    for customer in customers:
        kinds = pushes.get(customer.id, ())
        yield crm.Found(
            **{name: getattr(customer, name) for name in SAME_NAMED},
            **flags.get(customer.id, {}),
            external_id=customer.main("external_id"),
            loyalty_id=customer.main("loyalty_id"),
            loyalty_location=customer.loyalty_card_location,
            birthday=customer.birthday.isoformat() if customer.birthday else None,
            created_date=customer.created.date().isoformat(),
            web_push="web" in kinds or None,
            mobile_push="mobile" in kinds or None,
            device=dids.get(customer.id),
        )
