"""Finding products: by ID, by words as they are typed, among those opened lately, and those that no shopper sees."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import gettext as _

from app.pages.products import page
from app.pages.products.columns import hidden_columns, lacks_of
from app.pages.products.forms import HiddenFilters
from app.rees46.products import NotWidgetable
from app.rees46.search import LONGEST_QUERY
from app.store import products_seen
from app.web.catalogue import read_product, row_of, search
from app.web.context import desk
from app.web.panels.offered import ask_if_offered
from app.web.panels.standing import read_or
from app.web.render import render
from app.web.shops import shop
from app.web.tables.listing import Listing, list_page
from app.web.tables.numbered import numbered

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

LONGEST_ID = 255


@dataclass(frozen=True)
class Hits:
    """What words led to: the product of this very ID, and what a search finds."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    total: int = 0


@page.get("/")
def index() -> ResponseReturnValue:
    """Find products; htmx asks for the hits alone, as somebody types."""
    words = request.args.get("q", "").replace("\0", "").strip()[:LONGEST_QUERY]
    hits, error = read_or(lambda: _find(words), Hits()) if words else (Hits(), None)
    with desk().reading() as db:
        lately = [] if words else products_seen.visited_lately(db, shop().id)
    return render(
        "products/index.html", error.status if error else None, q=words, hits=hits, error=error, lately=lately
    )


def _find(words: str) -> Hits:
    result = search(words)
    rows = [row_of(product) for product in result.products]
    if words not in {row["id"] for row in rows} and len(words) <= LONGEST_ID and (same := read_product(words)):
        rows.insert(0, row_of(same) | {"id": words})
    return Hits(rows, max(result.products_total, len(rows)))


@page.get("/hidden")
def hidden() -> ResponseReturnValue:
    """List what is in stock and shown nowhere."""
    form = HiddenFilters()
    answer, error = read_or(lambda: ask_if_offered(NotWidgetable()), None)
    rows = answer.items if answer else []
    part = numbered([row for row in rows if not form.lacks.data or form.lacks.data in lacks_of(row)])
    listed = Listing(
        _("Products that are not shown"), hidden_columns(), part.slice, form, file="hidden-products", numbered=part
    )
    cut = answer.total if answer and answer.total and answer.total > len(rows) else None
    return list_page(
        "products/hidden.html",
        lambda _db, _at: listed,
        error.status if error else None,
        error=error,
        given=len(rows),
        cut=cut,
    )
