"""Communications with customers, logged by the support team."""

from __future__ import annotations

from app.engine.answers import Refusal, answers
from app.engine.store.communications import Communication, communication_of, last_of
from app.engine.store.db import Db
from app.engine.store.identity import find, found_or_made
from app.rees46 import communications
from app.rees46.identity import Identity

SHOWN = 20
FIELDS = (
    "channel",
    "event",
    "location_id",
    "call_type",
    "call_theme",
    "subject_appeal",
    "comment",
    "author_type",
    "status",
)


@answers
def save(db: Db, op: communications.Save) -> communications.Saved:
    """Log a communication with a customer, who is made if unknown."""
    said = {name: getattr(op, name) for name in FIELDS}
    kept = Communication(shop_id=db.shop.id, customer_id=found_or_made(db, op.who()).id, at=db.now, **said)
    db.add(kept)
    db.flush()
    return communications.Saved(id=str(kept.id))


@answers
def read(db: Db, op: communications.Read) -> list[communications.Call]:
    """Give the last 20 communications, newest first."""
    customer = find(db, op.who())
    return [_call(kept) for kept in last_of(db, customer.id, SHOWN)] if customer else []


@answers
def read_one(db: Db, op: communications.ReadOne) -> list[communications.Call]:
    """Give one communication of a customer, as a list of one."""
    return [_call(_of_somebody(db, op, op.id))]


@answers
def edit(db: Db, op: communications.Edit) -> communications.Call:
    """Change the fields that were sent; the others stay."""
    kept = _of_somebody(db, op, op.id)
    for name in FIELDS:
        if (said := getattr(op, name)) is not None:
            setattr(kept, name, said)
    return _call(kept)


def _of_somebody(db: Db, op: Identity, number: str) -> Communication:
    customer = find(db, op.who())
    kept = communication_of(db, customer.id, number) if customer else None
    if kept is None:
        raise Refusal(404, "The customer has no communication with this ID")
    return kept


def _call(kept: Communication) -> communications.Call:
    said = {name: getattr(kept, name) for name in FIELDS}
    return communications.Call(id=str(kept.id), date=kept.at.strftime("%Y-%m-%d %H:%M:%S"), **said)
