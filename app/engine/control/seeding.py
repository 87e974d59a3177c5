"""Emptying a shop of the box and filling it again: as it was made at first, or from a file (docs/stage.md)."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

from flask import Flask, current_app
from sqlalchemy import delete, func, select

from app import control
from app.engine.answers import ANSWERED, Refusal, prepares, registered
from app.engine.control.seed_rows import put_rows
from app.engine.http.app import performed
from app.engine.search.schema import folder
from app.engine.seed import furnish
from app.engine.store import jobs
from app.engine.store.base import Base
from app.engine.store.clock import set_clock
from app.engine.store.customers import Customer
from app.engine.store.db import Circumstances, Db
from app.engine.store.products import Product
from app.engine.store.shops import Shop, secret_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.database import Database
    from app.engine.answers import Answered
    from app.rees46.operation import Operation
    from app.seed_file import SeedCall, SeedFile


def init_app(controls: dict[type[Operation[Any]], Answered]) -> None:
    """Register the handlers."""
    prepares(_put_first)
    for handler in (reset, seed):
        registered(handler, controls)


def reset(db: Db, op: control.Reset) -> control.Made:
    """Empty the shop and fill it again, in one transaction; the worker makes its search index anew."""
    empty(db, db.shop.id)
    set_clock(db, 0.0, None)
    if op.seed != "none":
        furnish(db, op.seed)
    db.at.afterwards.append(_without_index)
    return made(db)


def empty(db: Db, shop: int) -> None:
    """Delete all that a shop has."""
    for table in reversed(Base.metadata.sorted_tables):
        if table.name != Shop.__tablename__ and "shop_id" in table.columns:
            db.execute(delete(table).where(table.c.shop_id == shop))


def _without_index(db: Db) -> None:
    shutil.rmtree(folder(db.at.settings, db.shop.id), ignore_errors=True)


def seed(db: Db, op: control.Seed) -> control.Made:
    """Say what there is now; it was put there before this transaction, in many of its own."""
    return made(db)


def _put_first(db: Db, op: control.Seed) -> None:
    if op.shop and op.shop.shop_id != db.shop.shop_id:
        raise Refusal(400, "shop.shop_id: the file is for another shop than the call")
    put(current_app, db.at, op)


def put(box: Flask, at: Circumstances, seed: SeedFile) -> None:
    """Put what a file says into a shop."""
    _check(seed.calls)
    database: Database[Db] = box.extensions["db"]
    with database.writing() as db:
        db.at = at
        put_rows(db, seed)
    for place, call in enumerate(seed.calls):
        answered = _answered(call)
        said = {**call.parameters, "shop_secret": secret_of(at.shop, at.settings.key)}
        _told_where(place, lambda: performed(box, answered, at.shop, said))  # noqa: B023  # it is called at once


def _check(calls: list[SeedCall]) -> None:
    """Refuse the whole file for an operation that there is not, before anything is put anywhere."""
    for place, call in enumerate(calls):
        if not any(operation.name() == call.operation for operation in ANSWERED):
            raise Refusal(400, f"calls.{place}.operation: there is no {call.operation[:64]}. Nothing was changed")


def _answered(call: SeedCall) -> Answered:
    return next(answered for operation, answered in ANSWERED.items() if operation.name() == call.operation)


def _told_where(place: int, perform: Callable[[], object]) -> None:
    try:
        perform()
    except Refusal as no:
        done = f"What stands before it was done, the rest was not: {no.message}"
        raise Refusal(400, f"calls.{place}: {done}") from None


def made(db: Db) -> control.Made:
    """Count what there is of a shop."""

    def number(of: type[Customer | Product]) -> int:
        return db.scalar(select(func.count()).select_from(of).where(of.shop_id == db.shop.id)) or 0

    waiting = select(func.count()).where(jobs.Job.shop_id == db.shop.id, jobs.Job.state == jobs.WAITING)
    return control.Made(customers=number(Customer), products=number(Product), waiting=db.scalar(waiting) or 0)
