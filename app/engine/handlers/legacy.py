"""The oldest dialect of the API: the same acts as elsewhere, asked and answered in fewer words."""

from __future__ import annotations

from uuid import uuid4

from app.engine.answers import Refusal, answers
from app.engine.jobs.enqueue import take_orders_in
from app.engine.recommendations.select import chosen
from app.engine.store import recommenders
from app.engine.store.db import Db
from app.engine.store.devices import device_found_or_made
from app.engine.store.products import Product, mark, states
from app.rees46 import legacy, recommendations

RULES = {
    "popular": recommenders.POPULAR,
    "buying_now": recommenders.POPULAR,
    "interesting": recommenders.PERSONAL,
    "recently_viewed": recommenders.RECENTLY_VIEWED,
    "similar": recommenders.SIMILAR,
    "also_bought": recommenders.ALSO_BOUGHT,
    "see_also": recommenders.ALSO_BOUGHT,
}
LARGEST_CART = 20  # products of a cart that are looked at
OF_A_PRODUCT = {"similar", "also_bought"}


@answers
def generate_ssid(db: Db, op: legacy.GenerateSsid) -> str:  # it asks for nothing
    """Register a device."""
    return device_found_or_made(db, str(uuid4())).did


@answers
def recommend(db: Db, op: legacy.Recommend) -> list[str]:
    """Choose by the rule that the kind stands for; see_also goes from product to product of the cart."""
    if op.recommender_type in OF_A_PRODUCT and not op.item_id:
        raise Refusal(400, "item_id: this kind of list needs it")
    about: list[str | None] = [op.item_id]
    if op.recommender_type == "see_also" and op.cart_item_id:
        about = [*op.cart_item_id[:LARGEST_CART]]
    found = [product for item in about for product in _chosen(db, op, item)]
    return list(dict.fromkeys(product.item_id for product in found))[: op.limit]


def _chosen(db: Db, op: legacy.Recommend, item: str | None) -> list[Product]:
    asked = recommendations.Recommend(
        recommender_code=op.recommender_type, did=op.ssid, item_id=item, category=op.category, exclude=op.cart_item_id
    )
    return chosen(db, RULES[op.recommender_type], asked, op.limit)


@answers
def sync_orders(db: Db, op: legacy.SyncOrders) -> legacy.Ok:
    """Accept orders to be kept."""
    take_orders_in(db, op.orders)
    return "OK"


@answers
def disable(db: Db, op: legacy.Disable) -> legacy.Ok:
    """Take products out of stock now: the next page that the module draws shall not show them."""
    there = {item: state for item, state in states(db, op.item_ids).items() if state[1]}
    mark(db, there, available=False)
    return "OK"
