"""One product: all that REES46 tells of it, and what the desk saw of it over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from app.pages.products import page, visibility
from app.pages.products.details import details_of, places_of
from app.pages.products.forms import BlockForm
from app.pages.products.over_time import Course
from app.rees46.products import Counters, NotWidgetable
from app.store import products_seen, recommender_blocks
from app.web.catalogue import read_product
from app.web.context import desk
from app.web.panels.offered import NotOffered, ask_if_offered
from app.web.panels.standing import read_or
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.rees46.products import AllNotShown, Counted

LONGEST_ID = 255


@page.get("/item")
def item() -> ResponseReturnValue:
    """Show a product. Its ID stands in the query: an ID may hold any sign."""
    item_id = asked_id()
    return _show(item_id) if item_id else go(".index")


def _show(item_id: str) -> ResponseReturnValue:
    product, error = read_or(lambda: read_product(item_id, visited=True), None)
    with desk().reading() as db:
        seen = products_seen.by_items(db, shop().id, [item_id]).get(item_id)
        course = Course.of(products_seen.history(db, shop().id, item_id))
        blocks = recommender_blocks.beside_products(db, shop().id)
    if product is None and seen is None and error is None:
        return render("products/none.html", 404, item_id=item_id)
    return render(
        "products/item.html",
        error.status if error else None,
        item_id=item_id,
        product=product,
        seen=seen,
        error=error,
        course=course,
        blocks=blocks,
        counted=_counted(item_id) if product else None,
        details=details_of(product) if product else None,
        places=places_of(product) if product else [],
        form=BlockForm(formdata=None),
    )


def asked_id() -> str:
    return request.values.get("id", "").replace("\0", "").strip()[:LONGEST_ID]


def _counted(item_id: str) -> Counted | None:
    """Count what visitors did with it; None where REES46 does not tell."""
    try:
        return read_or(lambda: ask_if_offered(Counters(item=item_id)), None)[0]
    except NotOffered:
        return None


@page.get("/visible")
def visible() -> ResponseReturnValue:
    """Say why shoppers may not see a product."""
    item_id = asked_id()
    if not item_id:
        return go(".index")
    product = read_product(item_id)
    reasons = visibility.reasons(product, _not_shown()) if product else None
    return render("products/visible.html", item_id=item_id, product=product, reasons=reasons)


def _not_shown() -> AllNotShown | None:
    """Ask which products are shown nowhere; None where this is not told."""
    try:
        return read_or(lambda: ask_if_offered(NotWidgetable()), None)[0]
    except NotOffered:
        return None
