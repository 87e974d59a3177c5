"""Search beside search, as somebody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.benches import page
from app.pages.benches.asking import who_is
from app.pages.benches.choosing import offering
from app.pages.benches.forms import KINDS, CompareFilters
from app.pages.benches.searching import SHOWN, Side, marked, search
from app.web.render import render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/")
def index() -> ResponseReturnValue:
    """Ask both sides; htmx asks for them alone while somebody types."""
    form = offering(CompareFilters())
    sides = marked(*_asked(form)) if form.words else ()
    return render("benches/search.html", form=form, sides=sides, kinds=KINDS)


def _asked(form: CompareFilters) -> tuple[Side, Side]:
    narrowed = form.narrowed()
    chosen = (
        (form.left.data, who_is(form.left_as.data)),
        (form.right.data, who_is(form.right_as.data, form.right_shop.data or "")),
    )
    left, right = (
        Side(kind, who, search(form.words, kind, who, narrowed, SHOWN))
        for kind, who in ((kind if kind in KINDS else "full", who) for kind, who in chosen)
    )
    return left, right
