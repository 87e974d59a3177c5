"""Reading products for any page: what was read is remembered, so that lists of products need not ask for each again."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from app.rees46.errors import NotAllowed, NotFound, Refused, TooMany
from app.rees46.products import Product, Read
from app.rees46.search import Search
from app.store import products_seen
from app.store.base import now
from app.web.context import desk, if_there_is_room
from app.web.rees46 import ask
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from app.rees46.search_results import Found
    from app.store.products_seen import SeenProduct

NOBODY = "desk46"  # the device that searches and blocks are asked for: REES46 wants one, and this is no customer's
FRESH = timedelta(hours=12)  # what was read so long ago will do for a list
READ_AT_ONCE = 12  # products that a list reads itself; a schedule reads the rest
MOST_HITS = 30


def read_product(item_id: str, *, visited: bool = False) -> Product | None:
    """Read a product and remember it; None when REES46 knows none of this ID."""
    product = _asked(item_id)
    if product is not None or not visited:
        with if_there_is_room(), desk().writing() as db:
            products_seen.note(db, shop().id, item_id, product, visited=visited)
    return product


def _asked(item_id: str) -> Product | None:
    try:
        return ask(Read(item_id=item_id))
    except Refused as refused:
        if isinstance(refused, NotAllowed | TooMany) or not _means_none(refused):
            raise
        return None


def _means_none(refused: Refused) -> bool:
    return isinstance(refused, NotFound) or refused.status == HTTPStatus.BAD_REQUEST


def search(words: str, *, full: bool = False, limit: int = MOST_HITS) -> Found:
    """Search as a visitor does. An instant search is not counted among those without results."""
    kind = "full_search" if full else "instant_search"
    return ask(Search(type=kind, search_query=words, did=NOBODY, limit=limit, extended=True))


def remembered(items: Iterable[str], *, read: int = READ_AT_ONCE) -> dict[str, SeenProduct]:
    """Give products as they were read last; the first few of those that were not read lately are read now."""
    wanted = list(dict.fromkeys(items))
    rows = _rows(wanted)
    old = [item for item in wanted if item not in rows or rows[item].read < now() - FRESH]
    for item in old[:read]:
        read_product(item)
    return _rows(wanted) if old and read else rows


def _rows(items: Sequence[str]) -> dict[str, SeenProduct]:
    with desk().reading() as db:
        return products_seen.by_items(db, shop().id, items)


def row_of(product: Any) -> dict[str, Any]:
    """Give what a list shows of a product; some answers name it by its ID alone."""
    if isinstance(product, str):
        return {
            "id": product,
            "name": None,
            "price": None,
            "oldprice": None,
            "currency": "",
            "brand": None,
            "picture": None,
        }
    is_available = getattr(product, "is_available", None)
    return {
        "id": product.id or getattr(product, "uniqid", None),
        "name": product.name,
        "price": product.price,
        "oldprice": product.oldprice,
        "currency": product.currency or "",
        "brand": product.brand,
        "is_available": is_available,
        "picture": getattr(product, "picture", None) or getattr(product, "image_url", None),
    }
