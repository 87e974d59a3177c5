"""What is done for promo codes at set times."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.pages.promo_codes import stock
from app.store import promo_batches, promo_stock
from app.work.daily.shops import for_each_shop
from app.work.schedules import schedule, sweeper

sweeper("promo_codes.forget", "20 3 * * *", label=_l("Let go of codes that nobody uploaded"), days=7)(
    promo_batches.forget_old
)
sweeper("promo_codes.forget_stock", "25 3 * * *", label=_l("Let go of the stock of promo lists"), days=400)(
    promo_stock.forget_old
)


@schedule("promo_codes.stock", "0 6 * * *", label=_l("Note how many codes each promo list has"))
def note_stock() -> None:
    for_each_shop(stock.read)
