"""Loading what a URL names: by its key or number, and only what is the shop's in use. Every view loads by these."""

from __future__ import annotations

from typing import TypeVar

from flask import abort
from sqlalchemy import select

from app.store.base import Base
from app.web.context import desk
from app.web.paging_args import whole_number
from app.web.shops import must_be_in

Row = TypeVar("Row", bound=Base)


def load(model: type[Row], *, key: str | None = None, number: int | str | None = None) -> Row | None:
    """Find a row of the shop in use; what another shop has leads to a page that says so, not to the row.

    A row that belongs to no shop (an act of the desk's own) may be seen from all.
    """
    if key is not None and "\0" not in key:
        query = select(model).filter_by(key=key)
    elif (whole := whole_number(number)) is not None:
        query = select(model).filter_by(id=whole)
    else:
        return None
    with desk().reading() as db:
        row = db.scalar(query)
    if row is not None and (shop_id := getattr(row, "shop_id")) is not None:  # noqa: B009 - not every model has one
        must_be_in(shop_id)
    return row


def load_or_404(model: type[Row], *, key: str | None = None, number: int | str | None = None) -> Row:
    return load(model, key=key, number=number) or abort(404)
