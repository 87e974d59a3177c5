"""The list of queries, one of them with what was decided, and trying it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash
from flask_babel import gettext as _

from app.pages.zero_results import page
from app.pages.zero_results.columns import columns
from app.pages.zero_results.forms import DecideForm, ListFilters
from app.pages.zero_results.queries import TRENDS, Query, read
from app.store import followups
from app.web.catalogue import row_of, search
from app.web.panels.standing import read_or
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.shops import shop
from app.web.tables.listing import Listing, list_page
from app.web.tables.numbered import numbered

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SHOWN = 5  # products that a query finds now


@page.get("/")
def index() -> ResponseReturnValue:
    form = ListFilters()
    (queries, day), error = read_or(read, ([], None))
    trend, state = form.trend.data or "", form.state.data or ""
    wanted = [one for one in queries if (not trend or one.trend == trend) and (not state or one.state == state)]
    part = numbered(wanted)
    listed = Listing(_("Searches without results"), columns(day), part.slice, form, file="zero-results", numbered=part)
    return list_page(
        "zero_results/index.html", lambda _db, _at: listed, error.status if error else 200, day=day, error=error
    )


@page.get("/<word>")
def query(word: str) -> ResponseReturnValue:
    shown = _query_or_404(word)
    return _show(shown, DecideForm(formdata=None, obj=shown.decided))


def _query_or_404(word: str) -> Query:
    return next((one for one in read()[0] if word in one.names()), None) or abort(404)


def _show(shown: Query, form: DecideForm) -> ResponseReturnValue:
    return render("zero_results/query.html", query=shown, form=form, trends=TRENDS)


@page.post("/<word>")
def decide(word: str) -> ResponseReturnValue:
    """Keep who looks after a query and how far they are."""
    shown, form = _query_or_404(word), DecideForm()
    if not form.validate_on_submit():
        return _show(shown, form)
    state, owner, note = form.state.data, form.owner.data or "", form.note.data or ""
    about = About(
        before={"state": shown.state},
        after={"query": shown.words, "state": state, "owner": owner},
        begun=lambda db, _row: followups.decide(
            db, shop().id, followups.QUERY, shown.words, state=state, owner=owner, note=note
        ),
    )
    with noted("zero_results.Decide", about):
        flash(_("Kept."), "success")
    return go(".index")


@page.get("/<word>/again")
def again(word: str) -> ResponseReturnValue:
    """Search for it as a visitor does, now."""
    shown = _query_or_404(word)
    hits = search(shown.words, full=True, limit=SHOWN)
    return render(
        "zero_results/again.html", query=shown, total=hits.products_total, rows=list(map(row_of, hits.products[:SHOWN]))
    )
