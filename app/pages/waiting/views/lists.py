"""Products that are waited for, those most wanted first, and the same as a list to buy by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import request, url_for
from flask_babel import gettext as _

from app.pages.waiting import page
from app.pages.waiting.demand import KINDS, STOCK, Growth, Wanted, growth, read
from app.pages.waiting.forms import ListFilters
from app.web.catalogue import remembered
from app.web.http.csv import csv_answer
from app.web.paging_args import whole_number
from app.web.panels.standing import read_or
from app.web.render import render

if TYPE_CHECKING:
    from datetime import date

    from flask.typing import ResponseReturnValue

    from app.store.products_seen import SeenProduct

ON_A_PAGE = 20


@dataclass(frozen=True)
class Line:
    """A product of the list, with what is known of it; None: it was not read yet."""

    wanted: Wanted
    product: SeenProduct | None
    kind: str
    grown: int | None

    @property
    def value(self) -> float | None:
        """What it would bring if everybody who waits bought one."""
        price = self.product.price if self.product else None
        return price * self.wanted.number if price else None

    @property
    def is_overdue(self) -> bool:
        """Whether it is there and they still wait: the message did not go out, or is about to."""
        return self.kind == STOCK and bool(self.product and self.product.is_available)


def asked_kind() -> str:
    kind = request.values.get("for", STOCK)
    return kind if kind in KINDS else STOCK


@page.get("/")
def index() -> ResponseReturnValue:
    """List a page of the products, and read those of the page that were not read lately."""
    kind, form = asked_kind(), ListFilters()
    wanted, error = read_or(lambda: read(kind), [])
    since = growth(kind)
    lines = _sorted(_lines(kind, wanted, since, reading=0), form.sort.data or "")
    first = min(max(whole_number(request.args.get("from")) or 0, 0), max(len(lines) - 1, 0))
    shown = [line.wanted for line in lines[first : first + ON_A_PAGE]]
    as_kept = _lines(kind, shown, since, reading=0)
    rows, trouble = read_or(lambda: _lines(kind, shown, since, reading=ON_A_PAGE), as_kept)
    return render(
        "waiting/index.html",
        502 if error else 200,
        kind=kind,
        kinds=KINDS,
        form=form,
        rows=rows,
        people=sum(one.number for one in wanted),
        total=len(wanted),
        first=first,
        since=since.day,
        error=error or trouble,
        newer_url=_turned(first - ON_A_PAGE) if first else None,
        older_url=_turned(first + ON_A_PAGE) if first + ON_A_PAGE < len(lines) else None,
    )


def _turned(first: int) -> str:
    query: dict[str, Any] = request.args.to_dict()
    return url_for(".index", **query | {"from": max(first, 0)})


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
