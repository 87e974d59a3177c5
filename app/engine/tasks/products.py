"""Importing products, and putting them into stock or out of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import or_, select

from app.engine.jobs.parse_items import Understood, understood
from app.engine.jobs.registry import Remark, Row, Unfit, job
from app.engine.store.db import Db
from app.engine.store.jobs import Job
from app.engine.store.products import Change, Product, mark, states, tell
from app.engine.store.triggers import awaited
from app.engine.store.upsert import upsert
from app.engine.webhooks.outcome import ended

SWEPT_AT_ONCE = 500
LONGEST_ID = 255
NEVER_SEEN = math.inf, False  # the price and stock of a product that somebody waited for before it came
UNKNOWN = "There is no such product"


def id_of(raw: msgspec.Raw) -> str:
    """Read the ID of a product; an object is taken for its id."""
    try:
        said = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, RecursionError):
        said = None
    found = said.get("id") if isinstance(said, dict) else said
    if isinstance(found, bool) or not isinstance(found, str | int) or not 0 < len(str(found)) <= LONGEST_ID:
        raise Unfit("It is not the ID of a product")
    return str(found)


def sweep(db: Db, job: Job) -> list[Remark] | None:
    """Take out of stock what the list did not name, some at a time."""
    others = select(Product.item_id, Product.price).where(
        Product.shop_id == db.shop.id,
        Product.is_available,
        or_(Product.listed.is_(None), Product.listed != job.id),
    )
    some = {item_id: (price, True) for item_id, price in db.execute(others.limit(SWEPT_AT_ONCE))}
    mark(db, some, available=False)
    return None if len(some) == SWEPT_AT_ONCE else ended(db, job)


@job("products", check=understood, close=ended)
def put(db: Db, _about: Mapping[str, Any], rows: Sequence[Row[Understood]]) -> list[Remark]:
    """Add or replace products, and say which of them are cheaper or back; of one that comes twice the last counts."""
    new = {row.value.row["item_id"]: row.value.row for row in rows}
    before = states(db, list(new))
    upsert(db, Product, list(new.values()), key=("shop_id", "item_id"), shop_id=db.shop.id, changed=db.now)
    before |= dict.fromkeys(awaited(db, [item_id for item_id in new if item_id not in before]), NEVER_SEEN)
    tell(
        db,
        (
            Change(item_id, price, new[item_id]["price"], was_available, new[item_id]["is_available"])
            for item_id, (price, was_available) in before.items()
        ),
    )
    return [Remark(row.place, words) for row in rows for words in row.value.left_out]


@job("availability", check=id_of, close=sweep)
def sync(db: Db, about: Mapping[str, Any], rows: Sequence[Row[str]]) -> list[Remark]:
    """Put the listed products into stock."""
    return _marked(db, rows, available=True, job=about["job"])


@job("removal", check=id_of, close=ended)
def remove(db: Db, about: Mapping[str, Any], rows: Sequence[Row[str]]) -> list[Remark]:
    """Take the listed products out of stock."""
    return _marked(db, rows, available=False, job=about["job"])


def _marked(db: Db, rows: Sequence[Row[str]], *, available: bool, job: int) -> list[Remark]:
    before = states(db, [row.value for row in rows])
    mark(db, before, available=available, job=job)
    return [Remark(row.place, UNKNOWN, is_skipped=True) for row in rows if row.value not in before]
