"""What is done for products at set times."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import products_seen
from app.web.catalogue import read_product
from app.web.context import desk
from app.web.shops import shop
from app.work.daily.shops import for_each_shop
from app.work.schedules import schedule, sweeper

MOST = 300  # products of a shop and a night


sweeper("products.forget", "50 3 * * *", label=_l("Let go of prices and stock of products"), days=400)(
    products_seen.forget_old
)


@schedule("products.look", "30 4 * * *", label=_l("Look at price and stock of the products opened lately"))
def look() -> None:
    for_each_shop(_look_in_shop)


def _look_in_shop() -> None:
    with desk().reading() as db:
        items = products_seen.to_watch(db, shop().id, MOST)
    for item in items:
        read_product(item)
