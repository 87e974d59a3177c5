"""Baskets: what a customer has put into the cart."""

from __future__ import annotations

from app.engine.answers import Refusal, answers
from app.engine.store.baskets import CART, inside
from app.engine.store.db import Db
from app.engine.store.identity import find
from app.rees46 import baskets


@answers
def cart(db: Db, op: baskets.Cart) -> list[baskets.Piece]:
    """List what is in the cart. Without the secret a device learns of its own only."""
    who = op.who() if db.at.caller.has_secret else {"did": op.did or ""}
    if not any(who.values()):
        raise Refusal(403, "Invalid secret key")
    customer = find(db, who)
    pieces = inside(db, customer.id, CART) if customer else {}
    return [baskets.Piece(uniqid=item_id, quantity=amount) for item_id, amount in pieces.items()]
