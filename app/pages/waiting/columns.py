"""What the list of products that are waited for shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.web.filters import money, number
from app.web.moments import day_in_words, short_day
from app.web.tables.columns import Address, Column, macro

if TYPE_CHECKING:
    from datetime import date

    from app.pages.waiting.demand import Line


def columns(kind: str, since: date | None) -> list[Column[Line]]:
    """How many want it, since when, and what it would bring; the product itself as far as it was read."""
    people_of = Address("waiting.product", "id", **{"for": kind})
    name, price = macro("waiting/_parts.html", "product_name"), macro("components/product.html", "product_price")

    def cost(line: Line) -> object:
        known = line.product
        return price(known.price, known.oldprice, known.currency) if known else "–"

    return [
        Column(_l("Product"), lambda line: name(line, kind), at="name", text=lambda line: line.wanted.item),
        Column(
            _l("Waiting"),
            lambda line: people_of.link(line.wanted.item, number(line.wanted.number)),
            at="figure",
            kind="number",
        ),
        Column(_("Since %(day)s", day=short_day(since)) if since else _l("Growth"), _growth, kind="number"),
        Column(
            _l("Asked for last"),
            lambda line: day_in_words(line.wanted.last) if line.wanted.last else "–",
            at="when",
            kind="soft",
            text=lambda line: line.wanted.last,
        ),
        Column(_l("Price"), cost, at="note", kind="number"),
        Column(_l("Worth"), lambda line: money(line.value), kind="number"),
    ]


def _growth(line: Line) -> object:
    if line.grown is None:
        return "–"
    return Markup("{}{}").format("+" if line.grown > 0 else "", number(line.grown))
