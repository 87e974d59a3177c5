"""Products of a shop's catalogue, as imports describe them and events correct them.

All that an item says is kept as the text that was sent, and read when somebody asks: nothing is looked up in it, and
taking it apart would double the time of an import.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Index, String, Text, UniqueConstraint, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, Json, OfShop
from app.engine.store.batches import batches
from app.engine.store.categories import Category
from app.engine.store.db import Db
from app.engine.store.upsert import given
from app.rees46.items import ITEM, Item

OWN_COLUMNS = {
    "id",
    "name",
    "price",
    "url",
    "picture",
    "categories",
    "available",
    "ignored",
    "oldprice",
    "currency",
    "discount_percent",
    "brand",
    "barcode",
    "group_id",
    "locations",
}


class Product(OfShop, Base):
    """A product; money is in its own currency, or in the shop's where it names none."""

    __tablename__ = "products"
    __table_args__ = (
        UniqueConstraint("shop_id", "item_id"),
        Index(None, "shop_id", "is_available", "is_reduced"),
        Index(None, "shop_id", "changed", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(String(255))  # the ID that the shop gave it
    name: Mapped[str] = mapped_column(Text)
    url: Mapped[str] = mapped_column(Text)  # as the shop wrote it, see marked
    picture: Mapped[str] = mapped_column(String(500))
    price: Mapped[float]
    oldprice: Mapped[float | None]
    discount_percent: Mapped[int | None]
    currency: Mapped[str | None] = mapped_column(String(16))
    brand: Mapped[str | None] = mapped_column(String(255))
    barcode: Mapped[str | None] = mapped_column(String(255))
    group_id: Mapped[str | None] = mapped_column(String(255))
    is_available: Mapped[bool] = mapped_column(default=True)
    is_ignored: Mapped[bool] = mapped_column(default=False)
    is_reduced: Mapped[bool] = mapped_column(default=False)  # the old price is higher
    categories: Mapped[list[str]] = mapped_column(Json, default=list)  # IDs of the shop
    locations: Mapped[list[dict[str, Any]] | None] = mapped_column(Json)  # none: the same everywhere
    text: Mapped[str] = mapped_column(Text)  # the item as it was sent, less what was wrong with it
    listed: Mapped[int | None]  # the last job that named it, where what a job does not name is gone
    changed: Mapped[datetime]  # when an import or an event last touched it

    @property
    def item(self) -> Item:
        """What the shop says of it, in the shapes of the contract. Prices and stock are in the columns, see above."""
        return ITEM.decode(self.text)

    @property
    def details(self) -> dict[str, Any]:
        """What the item says besides the columns: params, description, fashion, tags and the like."""
        said: dict[str, Any] = msgspec.to_builtins(self.item)
        params = [param for param in said.pop("params", []) if param.get("name", "").strip() and "value" in param]
        other = {name: value for name, value in said.items() if name not in OWN_COLUMNS}
        return other | ({"params": params} if params else {})


@dataclass(frozen=True)
class Change:
    """What an import or an event did to a product that was known before."""

    item_id: str
    price_before: float
    price: float
    was_available: bool
    is_available: bool

    @property
    def is_cheaper(self) -> bool:
        return self.is_available and self.price < self.price_before

    @property
    def is_back(self) -> bool:
        return self.is_available and not self.was_available


Watcher = Callable[[Db, Sequence[Change]], object]
WATCHERS: list[Watcher] = []


def watches_products(watcher: Watcher) -> Watcher:
    """Register what is told, in the same transaction, of products that became cheaper or came back into stock."""
    WATCHERS.append(watcher)
    return watcher


def tell(db: Db, changes: Iterable[Change]) -> None:
    """Tell the watchers of what matters to them; of most changes nobody wants to know."""
    if matter := [change for change in changes if change.is_cheaper or change.is_back]:
        for watcher in WATCHERS:
            watcher(db, matter)


def product_of(db: Db, item_id: str) -> Product | None:
    """Find a product by the shop's ID."""
    return db.scalar(select(Product).where(Product.shop_id == db.shop.id, Product.item_id == item_id))


def products_of(db: Db, item_ids: Iterable[str]) -> dict[str, Product]:
    """Find products by the shop's IDs; unknown ones are left out."""
    found: dict[str, Product] = {}
    for some in batches(dict.fromkeys(item_ids)):
        known = select(Product).where(Product.shop_id == db.shop.id, Product.item_id.in_(some))
        found |= {product.item_id: product for product in db.scalars(known)}
    return found


def not_widgetable(db: Db, number: int) -> tuple[int, list[Product]]:
    """Count and list products in stock that lack what is needed to be shown; a category has to be in the tree."""
    known = set(db.scalars(select(Category.external_id).where(Category.shop_id == db.shop.id)))
    there = select(Product.id, Product.categories, Product.price > 0, Product.name != "", Product.url != "").where(
        Product.shop_id == db.shop.id, Product.is_available, Product.is_ignored.is_(False)
    )
    lacking = [
        number
        for number, categories, *has_all in db.execute(there.order_by(Product.id).execution_options(yield_per=1000))
        if not (all(has_all) and known.intersection(categories))
    ]
    listed = select(Product).where(Product.id.in_(lacking[:number])).order_by(Product.id)
    return len(lacking), list(db.scalars(listed))


def is_shown(product: Product) -> bool:
    """Tell whether search and recommendations may show it."""
    return product.is_available and not product.is_ignored


def set_availability(db: Db, item_id: str, available: bool) -> None:  # noqa: FBT001  # the fact itself, not a mode
    """Overwrite whether a product is in stock; one that the catalogue does not know stays unknown."""
    product = product_of(db, item_id)
    if product is None or product.is_available is available:
        return
    mark(db, {item_id: (product.price, product.is_available)}, available=available)


def states(db: Db, item_ids: Sequence[str]) -> dict[str, tuple[float, bool]]:
    """Give price and availability of the products that are known."""
    known = select(Product.item_id, Product.price, Product.is_available)
    known = known.where(Product.shop_id == db.shop.id, Product.item_id.in_(given(db, "ids")))
    found = db.execute(known, {"ids": item_ids})
    return {item_id: (price, is_available) for item_id, price, is_available in found}


def mark(db: Db, before: Mapping[str, tuple[float, bool]], *, available: bool, job: int | None = None) -> None:
    """Put products into stock or out of it, and say so; `job` is noted on them."""
    if not before:
        return
    values: dict[str, Any] = {"is_available": available, "changed": db.now} | ({"listed": job} if job else {})
    db.execute(update(Product).where(Product.shop_id == db.shop.id, Product.item_id.in_(before)).values(**values))
    tell(db, (Change(item_id, price, price, was, available) for item_id, (price, was) in before.items()))
