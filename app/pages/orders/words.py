"""What a check of orders found, in words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.web.forms.fields import SAID

CODES = {
    "twice": _l("The same order stands twice; the first counts."),
    "other_row": _l("Another row of this order cannot be read."),
    "number": _l("This must be a number."),
    "either": _l("This could be two numbers: write thousands without a sign."),
    "moment": _l("This must be a day and time, such as 2026-11-21 14:30."),
    "long": _l("This is too long."),
    "parts": _l("Money, bonuses, delivery and discount do not make the total."),
    "items": _l("The products do not make the total."),
    "negative": _l("It costs less than nothing."),
    "future": _l("It lies in the future."),
    "long_ago": _l("It lies more than ten years back."),
    "no_items": _l("The desk never met it, and it has no products: REES46 takes no new order without."),
    "nobody": _l("It names no customer: REES46 takes no new order without."),
    "not_met": _l("The desk never met it: where REES46 does not know it either, it is left out there."),
}


def words_of(code: str) -> str:
    found = CODES.get(code) or SAID.get(code)
    return str(found) if found and "%(" not in str(found) else _("This does not fit.")
