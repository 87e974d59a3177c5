"""Products that are waited for, those most wanted first, and the same as a list to buy by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _

from app.pages.waiting import page
from app.pages.waiting.columns import columns
from app.pages.waiting.demand import KINDS, STOCK, Growth, Line, Wanted, growth, read
from app.pages.waiting.forms import OVERDUE, ListFilters
from app.store.paging import Slice
from app.web.catalogue import remembered
from app.web.http.csv import csv_answer
from app.web.panels.standing import read_or
from app.web.tables.listing import Listing, list_page
from app.web.tables.numbered import numbered

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue


ON_A_PAGE = 20


def asked_kind() -> str:
    kind = request.values.get("for", STOCK)
    return kind if kind in KINDS else STOCK


@page.get("/")
def index() -> ResponseReturnValue:
    """List a page of the products, and read those of the page that were not read lately."""
    kind, form = asked_kind(), ListFilters()
    wanted, error = read_or(lambda: read(kind), [])
    since = growth(kind)
    lines = _lines(kind, wanted, since, reading=0)
    if form.shown.data == OVERDUE:
        lines = [line for line in lines if line.is_overdue]
    listed, trouble = _listing(kind, form, _sorted(lines, form.sort.data or ""), since)
    return list_page(
        "waiting/index.html",
        lambda _db, _at: listed,
        error.status if error else 200,
        kind=kind,
        kinds=KINDS,
        people=sum(one.number for one in wanted),
        total=len(wanted),
        since=since.day,
        error=error or trouble,
    )


def _listing(
    kind: str, form: ListFilters, lines: list[Line], since: Growth
) -> tuple[Listing[Line], dict[str, str] | None]:
    """A page of the products, of which those that were not read lately are read now."""
    part = numbered(lines, ON_A_PAGE)
    shown = [line.wanted for line in part.rows]
    rows, trouble = read_or(lambda: _lines(kind, shown, since, reading=ON_A_PAGE), part.rows)
    caption = _("Products that are waited for")
    found = Slice(rows, None, None)
    return Listing(caption, columns(kind, since.day), found, form, keeps={"for": kind}, numbered=part), trouble


def _lines(kind: str, wanted: list[Wanted], since: Growth, *, reading: int) -> list[Line]:
    products = remembered([one.item for one in wanted], read=reading)
    return [Line(one, products.get(one.item), kind, since.of(one)) for one in wanted]


def _sorted(lines: list[Line], by: str) -> list[Line]:
    keys = {
        "last": lambda line: (_ordinal(line.wanted.last), line.wanted.number),
        "value": lambda line: (line.value or 0, line.wanted.number),
    }
    return sorted(lines, key=keys.get(by, lambda line: (line.wanted.number, _ordinal(line.wanted.last))), reverse=True)


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


@page.get("/purchasing.csv")
def purchasing_csv() -> ResponseReturnValue:
    """Give the whole list, with names and prices as far as they were read."""
    kind = asked_kind()
    lines = _sorted(_lines(kind, read(kind), growth(kind), reading=0), "")
    header = [
        _("Product"),
        _("Name"),
        _("Waiting"),
        _("In 7 days"),
        _("Asked for last"),
        _("Variants"),
        _("Price"),
        _("Worth"),
        _("In stock"),
    ]
    return csv_answer(f"waiting-{kind}", header, map(_cells, lines))


def _cells(line: Line) -> list[object]:
    wanted, product = line.wanted, line.product
    stock = {True: _("yes"), False: _("no"), None: ""}[product.is_available if product else None]
    variants = " / ".join(f"{name}: {number}" for name, number in wanted.variants.items())
    name, price = (product.name, product.price) if product else ("", None)
    return [wanted.item, name, wanted.number, line.grown, wanted.last, variants, price, line.value, stock]
