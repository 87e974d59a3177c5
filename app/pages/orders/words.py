"""What a check of orders found, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.web.records.problems import words_among

CODES = {
    "twice": _l("The same order stands twice; the first counts."),
    "other_row": _l("Another row of this order cannot be read."),
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
    return words_among(CODES, code)
