"""The tree of categories, the list of one, and collections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request, url_for
from pydantic import ValidationError

from app.pages.categories import page
from app.pages.categories.facets import chosen_brands, chosen_properties, facets_of
from app.pages.categories.forms import ListFilters, TreeFilters
from app.rees46.categories import Tree
from app.rees46.listings import CategoryPage, OfCategory, Products
from app.rees46.product_collections import Read
from app.web.catalogue import row_of
from app.web.paging_args import whole_number
from app.web.panels.offered import ask_if_offered
from app.web.panels.standing import read_or
from app.web.rees46 import ask
from app.web.render import go, render

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue

    from app.rees46.categories import Node

ON_A_PAGE = 30
LAST_PAGE = 1000
COUNTED = 25  # categories whose products are counted at once: REES46 is asked for each
LONGEST_ID = 255


@page.get("/")
def index() -> ResponseReturnValue:
    """Show the tree, as deep as it is wanted."""
    form = TreeFilters()
    asked = Tree(depth=int(form.depth.data) if form.validate() else 2, only_discount=bool(form.only_discount.data))
    roots, error = read_or(lambda: ask(asked), [])
    ids = [node.external_id for node in _walk(roots)]
    counts, trouble = read_or(lambda: _counted(ids[:COUNTED]), {}) if form.counts.data and ids else ({}, None)
    return render(
        "categories/index.html",
        error.status if error else 200,
        form=form,
        roots=roots,
        total=len(ids),
        counts=counts,
        counted=COUNTED if form.counts.data else None,
        error=error or trouble,
        filtered=bool(form.only_discount.data),
    )


def _walk(nodes: list[Node]) -> Iterator[Node]:
    """Go level by level, so that the categories counted are the upper ones."""
    while nodes:
        yield from nodes
        nodes = [child for node in nodes for child in node.children]


def _counted(ids: list[str]) -> dict[str, int]:
    return {one: ask_if_offered(Products(categories=[one], limit=1)).products_total for one in ids}


def _asked(name: str) -> str:
    return request.args.get(name, "").replace("\0", "").strip()[:LONGEST_ID]


@page.get("/category")
def category() -> ResponseReturnValue:
    """List the products of a category with what they may be narrowed by."""
    category_id = _asked("id")
    if not category_id:
        return go(".index")
    form = ListFilters()
    number = min(max(whole_number(request.args.get("page")) or 1, 1), LAST_PAGE)
    listed, error = read_or(lambda: ask(_listing(category_id, form, number)), CategoryPage())
    return render(
        "categories/category.html",
        error.status if error else 200,
        category_id=category_id,
        form=form,
        listed=listed,
        rows=[row_of(product) for product in listed.products],
        facets=facets_of(listed),
        kept={"brand": request.args.getlist("brand"), "property": request.args.getlist("property")},
        filtered=bool(set(request.args) - {"id", "page"}),
        error=error,
        before_url=_turned(number - 1) if number > 1 else None,
        after_url=_turned(number + 1) if number * ON_A_PAGE < listed.products_total and number < LAST_PAGE else None,
        first=(number - 1) * ON_A_PAGE + 1,
    )


def _listing(category_id: str, form: ListFilters, number: int) -> OfCategory:
    """Make the call; a filter that is nonsense narrows nothing, and says so at its field."""
    sort, _dash, direction = (form.sort.data or "").partition("-")
    said: dict[str, Any] = {"brands": chosen_brands(), "filters": chosen_properties(), "page": number}
    if form.validate():
        prices = {name: float(price) for name in ("price_min", "price_max") if (price := form[name].data) is not None}
        said |= prices | {"sort_by": sort, "sort_dir": direction, "discount": True if form.discount.data else None}
    try:
        return OfCategory.from_form(said | {"category": category_id, "limit": ON_A_PAGE})
    except ValidationError:
        return OfCategory(category=category_id, limit=ON_A_PAGE)


def _turned(number: int) -> str:
    query: dict[str, Any] = request.args.to_dict(flat=False)
    return url_for(".category", **query | {"page": number})


@page.get("/collection")
def collection() -> ResponseReturnValue:
    """Show the products of a collection; REES46 lists none, so its number has to be known."""
    number, location = _asked("id"), _asked("location")
    if not number:
        return render("categories/collection.html", number="", location="", shown=None, rows=[])
    shown = ask(Read.from_form({"collection": number, "location": location}))
    rows = [row_of(product) for product in shown.products]
    return render("categories/collection.html", number=number, location=location, shown=shown, rows=rows)
