"""Accepting imports: those of the catalogue within the limits of a shop, their lists in files; orders as they are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from app.engine.answers import Refusal
from app.engine.store.db import Db
from app.engine.store.import_calls import seconds_to_wait
from app.engine.store.jobs import Job, accept, accept_file
from app.engine.store.request_files import write_list

AT_ONCE = 250  # rows a transaction: with a pacing as long as it took, people save meanwhile (decisions.md#pacing)

ORDERS_AT_ONCE = 20  # a transaction of so many holds others up for some 10 ms (decisions.md#pacing)


def take_in(db: Db, kind: str, name: str, rows: Sequence[Any], webhook: str | None) -> Job:
    """Accept a list of the catalogue: the one in the call's request file, or the rows of a call that has none."""
    a_minute = db.at.settings.box_import_rate
    if a_minute and (wait := seconds_to_wait(db, a_minute)):
        seconds = math.ceil(wait)
        words = f"At most {a_minute} imports of the catalogue a minute. Nothing was changed, try again in {seconds} s."
        raise Refusal(429, words, {"Retry-After": str(seconds)})
    request_file = db.at.request_file or write_list(db.at.settings, name, rows)
    return accept_file(db, kind, request_file, name, {"webhook": webhook} if webhook else {}, at_once=AT_ONCE)


def take_orders_in(db: Db, orders: Sequence[Any]) -> Job:
    """Accept orders to be kept."""
    return accept(db, "orders", orders, {}, at_once=ORDERS_AT_ONCE)
