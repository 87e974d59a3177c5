"""Every change of consent: a list, a chart by day, a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _

from app.pages.subscriptions import page
from app.pages.subscriptions.columns import columns
from app.pages.subscriptions.forms import FeedFilters
from app.pages.subscriptions.log import Broken, Wanted, days_of, every, slice_of
from app.store.paging import Slice
from app.web.http.csv import csv_answer
from app.web.rees46 import About, noted
from app.web.render import render
from app.web.tables.listing import Listing, list_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue

    from app.rees46.subscriptions import Change


@page.get("/changes")
def changes() -> ResponseReturnValue:
    form = FeedFilters()
    wanted = Wanted.of(form)
    if wanted is None:
        return render("subscriptions/changes.html", 422, form=form, wanted=None)
    found = slice_of(wanted, request.args)
    form.since.data, form.until.data = wanted.first, wanted.last
    listed = Listing(
        _("Changes, newest first"),
        columns(),
        Slice(found.lines, None, None),
        form,
        turns=(None, found.older_url),
        note=_("Times as REES46 gives them; it does not say in which zone."),
    )
    return list_page("subscriptions/changes.html", lambda _db, _at: listed, wanted=wanted, newest_url=found.newest_url)


@page.get("/changes/chart")
def chart() -> ResponseReturnValue:
    """The same changes by day; a panel, also of the home page."""
    form = FeedFilters()
    wanted = Wanted.of(form)
    return render("subscriptions/chart.html", wanted=wanted, days=days_of(wanted) if wanted else None)


@page.post("/changes/file")
def export() -> ResponseReturnValue:
    """Send all changes that the filters leave as CSV; it is written down who took them."""
    form = FeedFilters(request.form)
    wanted = Wanted.of(form)
    if wanted is None:
        return render("subscriptions/changes.html", 422, form=form, wanted=None)
    pages = every(wanted)
    first = next(pages)  # when REES46 does not answer, this is a page and not half a file
    with noted("subscriptions.Export", About(), wanted.filters):
        header = ["datetime", "contact_type", "contact", "campaign_type", "event", "channel", "ip"]
        return csv_answer(f"subscription-changes-{wanted.first}-{wanted.last}", header, _lines(first, pages))


def _lines(first: list[Change], pages: Iterator[list[Change]]) -> Iterator[list[object]]:
    yield from _cells(first)
    try:
        for found in pages:
            yield from _cells(found)
    except Broken:
        yield [_("REES46 stopped answering here: this list is not whole.")]


def _cells(found: list[Change]) -> Iterator[list[object]]:
    for one in found:
        yield [one.datetime, one.contact_type, one.contact, one.campaign_type, one.event, one.channel, one.ip]
