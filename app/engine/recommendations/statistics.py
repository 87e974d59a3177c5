"""What a shop's customers like, counted from their events and orders."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby
from operator import itemgetter

from sqlalchemy import func, select

from app.engine.store.categories import categories_of
from app.engine.store.db import Db
from app.engine.store.events import Event
from app.engine.store.orders import Order, OrderItem
from app.engine.store.products import Product
from app.engine.store.recommenders import ALSO_BOUGHT, POPULAR, SEARCH, Lists

OF_EVENTS, OF_ORDERS = timedelta(days=30), timedelta(days=180)
WORTH = {"view": 1, "wish": 2, "cart": 3}  # of an event, beside a purchase
WORTH_OF_ORDER = 10
LONGEST = 200  # products in a list
LARGEST_ORDER = 50  # lines that are compared with each other
AFTER_SEARCH = timedelta(hours=1)
AT_ONCE = 1000


def lists_of(db: Db) -> Lists:
    """Compute all lists of the shop."""
    return _popular(db) | _also_bought(db) | _after_search(db)


def _popular(db: Db) -> Lists:
    """Order what may be shown by what it is worth to customers: in the shop, and in each category and those in it."""
    scores = _scores(db)
    parents = {category.external_id: category.parent for category in categories_of(db)}
    shown = select(Product.item_id, Product.categories).where(
        Product.shop_id == db.shop.id, Product.is_available, Product.is_ignored.is_(False)
    )
    ranked: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for item, categories in db.execute(shown.order_by(Product.id).execution_options(yield_per=AT_ONCE)):
        for about in {"", *_with_those_above(categories, parents)}:
            _enter(ranked[about], -scores[item], item)
    return {(POPULAR, about): [item for _, item in sorted(some)[:LONGEST]] for about, some in ranked.items()}


def _with_those_above(categories: Iterable[str], parents: Mapping[str, str | None]) -> set[str]:
    found: set[str] = set()
    for category in categories:
        place: str | None = category
        while place and place not in found:
            found.add(place)
            place = parents.get(place)
    return found


def _enter(some: list[tuple[int, str]], rank: int, item: str) -> None:
    """Add to a list that never grows far beyond its length."""
    some.append((rank, item))
    if len(some) > 10 * LONGEST:
        some.sort()
        del some[LONGEST:]


def _scores(db: Db) -> Counter[str]:
    scores: Counter[str] = Counter()
    done = select(Event.item_id, Event.kind, func.count()).where(
        Event.shop_id == db.shop.id, Event.kind.in_(WORTH), Event.at >= db.now - OF_EVENTS, Event.item_id.is_not(None)
    )
    for item, kind, times in db.execute(done.group_by(Event.item_id, Event.kind)):
        scores[item or ""] += WORTH[kind] * times
    bought = select(OrderItem.product, func.count()).join(Order, Order.id == OrderItem.order_id)
    bought = bought.where(Order.shop_id == db.shop.id, Order.at >= db.now - OF_ORDERS).group_by(OrderItem.product)
    for item, times in db.execute(bought):
        scores[item] += WORTH_OF_ORDER * times
    return scores


def _also_bought(db: Db) -> Lists:
    """Count for each product what was in the same orders."""
    beside: dict[str, Counter[str]] = defaultdict(Counter)
    for items in _orders(db):
        for item in items:
            beside[item].update(other for other in items if other != item)
    return _best(ALSO_BOUGHT, beside.items())


def _orders(db: Db) -> Iterator[list[str]]:
    lines = select(OrderItem.order_id, OrderItem.product).join(Order, Order.id == OrderItem.order_id)
    lines = lines.where(Order.shop_id == db.shop.id, Order.at >= db.now - OF_ORDERS)
    rows = db.execute(lines.order_by(OrderItem.order_id, OrderItem.id).execution_options(yield_per=AT_ONCE))
    for _order, of_order in groupby(rows, key=itemgetter(0)):
        yield list(dict.fromkeys(item for _, item in of_order))[:LARGEST_ORDER]


def _after_search(db: Db) -> Lists:
    """Count what people looked at, put into the cart or bought within an hour of a search."""
    chosen: dict[str, Counter[str]] = defaultdict(Counter)
    last: dict[int, tuple[datetime, str]] = {}
    done = select(Event.at, Event.kind, Event.customer_id, Event.item_id, Event.search_query).where(
        Event.shop_id == db.shop.id,
        Event.kind.in_([*WORTH, "search", "purchase"]),
        Event.at >= db.now - OF_EVENTS,
        Event.customer_id.is_not(None),
    )
    for at, kind, customer, item, query in db.execute(
        done.order_by(Event.at, Event.id).execution_options(yield_per=AT_ONCE)
    ):
        if query:
            last[customer or 0] = at, plain(query)
        elif item and (searched := last.get(customer or 0)) and at - searched[0] <= AFTER_SEARCH:
            chosen[searched[1]][item] += WORTH.get(kind, WORTH_OF_ORDER)
    return _best(SEARCH, chosen.items())


def plain(query: str) -> str:
    """Write a query as others may have written it too."""
    return " ".join(query.lower().split())


def _best(rule: str, counted: Iterable[tuple[str, Counter[str]]]) -> Lists:
    return {(rule, about): sorted(times, key=lambda item: (-times[item], item))[:LONGEST] for about, times in counted}


def interests(db: Db, customer: int, kinds: Sequence[str], number: int) -> list[str]:
    """Give the products that a customer did something with, the last ones first."""
    done = select(Event.item_id).where(Event.customer_id == customer, Event.kind.in_(kinds), Event.item_id.is_not(None))
    last = done.group_by(Event.item_id).order_by(func.max(Event.at).desc(), func.max(Event.id).desc())
    return [item or "" for item in db.scalars(last.limit(number))]
