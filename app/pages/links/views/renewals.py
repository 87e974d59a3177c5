"""Renewing links: the same code leads to the same URL for more days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request

from app.pages.links import page
from app.pages.links.drafts import Draft
from app.pages.links.forms import RenewForm
from app.pages.links.proceed import keep, onward
from app.store import short_links
from app.store.short_links import ShortLink
from app.web.context import desk
from app.web.page import MARKETERS, needs
from app.web.render import render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

MOST = 100


@page.route("/renew", methods=["GET", "POST"])
@needs(MARKETERS)
def renew() -> ResponseReturnValue:
    links, form = _links(), RenewForm()
    if form.validate_on_submit():
        drafts = [_draft(place, one, form.lifetime.data) for place, one in enumerate(links, 1)]
        return onward(keep(drafts, form.once.data or ""))
    return render("links/renew.html", links=links, form=form)


def _links() -> list[ShortLink]:
    with desk().reading() as db:
        found = short_links.by_keys(db, shop().id, request.values.getlist("link")[:MOST])
    return [one for one in found if one.code and one.short] or abort(404)


def _draft(row: int, one: ShortLink, lifetime: int | None) -> Draft:
    """Ask for the same code again; that is all a renewal is."""
    return Draft(row, one.source, lifetime, one.code, one.domain, renews=one.key)
