"""What is done for products at set times."""

from __future__ import annotations

from flask import g
from flask_babel import lazy_gettext as _l

from app.rees46.errors import Rees46Error
from app.store import products_seen, shops
from app.web.catalogue import read_product
from app.web.context import desk
from app.web.shops import shop
from app.work.schedules import schedule

MOST = 300  # products of a shop and a night


@schedule("products.look", "30 4 * * *", label=_l("Look at price and stock of the products opened lately"))
def look() -> None:
    """Read those products; a shop that does not answer keeps the others from nothing, and is told at the end."""
    with desk().reading() as db:
        in_use = shops.in_use(db)
    failed: Rees46Error | None = None
    for g.shop in in_use:
        try:
            _look_in_shop()
        except Rees46Error as error:
            failed = error
    if failed:
        raise failed


def _look_in_shop() -> None:
    with desk().reading() as db:
        items = products_seen.to_watch(db, shop().id, MOST)
    for item in items:
        read_product(item)


@schedule("products.forget", "50 3 * * *", label=_l("Let go of prices seen more than 400 days ago"))
def forget() -> None:
    with desk().writing() as db:
        products_seen.forget_old(db)
