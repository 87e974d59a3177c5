"""What the index has to know of: products that changed, and how often each was bought."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select

from app.engine.search.checkpoint import Mark
from app.engine.store.batches import batches
from app.engine.store.db import Db
from app.engine.store.orders import Order, OrderItem
from app.engine.store.products import Product

AT_ONCE = 1000  # products in memory
LATELY = timedelta(days=90)
Change = tuple[int, datetime]  # the number of a product, and when it changed


def changes(db: Db, shop: int, since: Mark) -> list[Change]:
    """Name some products that changed after a mark, the oldest change first."""
    some = (
        select(Product.id, Product.changed)
        .where(
            Product.shop_id == shop,
            or_(Product.changed > since.at, and_(Product.changed == since.at, Product.id > since.number)),
        )
        .order_by(Product.changed, Product.id)
    )
    return [(number, at) for number, at in db.execute(some.limit(AT_ONCE))]


def with_numbers(db: Db, numbers: Iterable[int]) -> Iterator[Product]:
    """Read products by the numbers of their rows."""
    for some in batches(numbers):
        yield from db.scalars(select(Product).where(Product.id.in_(some)))


def with_ids(db: Db, shop: int, item_ids: Sequence[str]) -> Iterator[Product]:
    """Read products by the shop's IDs."""
    for some in batches(item_ids):
        yield from db.scalars(select(Product).where(Product.shop_id == shop, Product.item_id.in_(some)))


def sold_lately(db: Db, shop: int) -> dict[str, int]:
    """Count how many pieces of each product were bought during three months."""
    bought = (
        select(OrderItem.product, func.sum(OrderItem.quantity))
        .join(Order, Order.id == OrderItem.order_id)
        .where(Order.shop_id == shop, Order.at >= db.now - LATELY)
        .group_by(OrderItem.product)
    )
    return {item_id: int(pieces) for item_id, pieces in db.execute(bought)}


def number_of_products(db: Db, shop: int) -> int:
    """Count the products that a search may show, see documents.is_found."""
    shown = select(func.count()).where(
        Product.shop_id == shop,
        Product.is_available,
        Product.is_ignored.is_(False),
        Product.price > 0,
        Product.name != "",
        Product.url != "",
    )
    return db.scalar(shown) or 0
