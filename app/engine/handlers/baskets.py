"""Baskets: what a customer has put into the cart."""

from __future__ import annotations

from app.engine.answers import Refusal, answers
from app.engine.store.baskets import CART, inside, replace
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.identity import find
from app.rees46 import baskets
from app.rees46.identity import AnyIdentity
from app.rees46.replies import Done


@answers
def cart(db: Db, op: baskets.Cart) -> list[baskets.Piece]:
    """List what is in the cart."""
    customer = _owner(db, op)
    pieces = inside(db, customer.id, CART) if customer else {}
    return [baskets.Piece(uniqid=item_id, quantity=amount) for item_id, amount in pieces.items()]


@answers
def clear(db: Db, op: baskets.Clear) -> Done:
    """Empty the cart; who is not known has none."""
    if customer := _owner(db, op):
        replace(db, customer.id, CART, {})
    return Done()


def _owner(db: Db, op: AnyIdentity) -> Customer | None:
    """Find whose cart it is. Without the secret a device has to do with its own only."""
    who = op.who() if db.at.caller.has_secret else {"did": op.did or ""}
    if not any(who.values()):
        raise Refusal(403, "Invalid secret key")
    return find(db, who)
