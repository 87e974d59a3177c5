"""Loading what a URL names: by its key or number, and only what is of the URL's shop. Every view loads by these."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

from flask import abort
from sqlalchemy import Select, bindparam, select

from app.store.acts import Act
from app.store.base import Base
from app.web.context import desk
from app.web.page import ADMINS
from app.web.paging_args import whole_number
from app.web.shops import shop
from app.web.sign_in.login import me

Row = TypeVar("Row", bound=Base)


def load(model: type[Row], *, key: str | None = None, number: int | str | None = None) -> Row | None:
    """Find a row of the shop that the URL names; what another shop has is not there.

    A row that belongs to no shop (an act of the desk's own) may be seen from all.
    """
    name, wanted = ("key", key) if key is not None and "\0" not in key else ("id", whole_number(number))
    if wanted is None:
        return None
    with desk().reading() as db:
        row: Row | None = db.scalar(_by(model, name), {"wanted": wanted})
    of_shop = getattr(row, "shop_id") if row is not None else None  # noqa: B009 - not every model has one
    if isinstance(row, Act) and of_shop is None and not sees_act_of_desk(row):
        return None
    return row if of_shop in (None, shop().id) else None


@cache
def _by(model: type[Row], name: str) -> Select[Row]:
    return select(model).where(getattr(model, name) == bindparam("wanted"))


def sees_act_of_desk(act: Act) -> bool:
    """Whether this person may see an act that concerns no shop: administrators all, others not those of the desk."""
    is_of_desk = act.what.partition(".")[0] in domains_of_desk()
    return me().may(ADMINS) or act.person_id == me().id or not is_of_desk


def domains_of_desk() -> set[str]:
    """Whose acts name shops, or tell how somebody signed in: for administrators, and for whoever did them."""
    return {"access", "account", "brakes", "exports", "shops"}


def load_or_404(model: type[Row], *, key: str | None = None, number: int | str | None = None) -> Row:
    return load(model, key=key, number=number) or abort(404)
