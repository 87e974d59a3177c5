"""The ledger: all links that were made here, what each leads to, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from app.pages.links import page
from app.pages.links.columns import columns, without_scheme
from app.pages.links.forms import LedgerForm
from app.store import short_links
from app.store.link_batches import LinkBatch
from app.store.paging import Slice, newest, within
from app.store.short_links import ShortLink
from app.web.context import desk
from app.web.forms.fields import choices
from app.web.loaders import load, load_or_404
from app.web.remembered import everyone
from app.web.render import render
from app.web.shops import shop
from app.web.tables.listing import Listing, list_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

HISTORY = 10  # earlier links of a code


@page.get("/")
def index() -> ResponseReturnValue:
    """List links newest first, narrowed down by code, campaign, person or day."""
    form = LedgerForm()
    return list_page("links/index.html", lambda db, at: _listing(db, form, at), view="newest")


def _listing(db: Session, form: LedgerForm, at: dict[str, Any]) -> Listing[ShortLink]:
    code, campaign = ((one.data or "").strip() for one in (form.code, form.campaign))
    code = code.rstrip("/").rpartition("/")[2]
    form.person.choices = choices({"": _("Anybody"), **{one.name: one.name for one in everyone()}})
    wanted = short_links.of_shop(shop().id, code=code, campaign=campaign)
    if form.person.data:
        wanted = wanted.where(ShortLink.person == form.person.data)
    wanted = within(wanted, ShortLink.at, form.between())
    found = newest(db, wanted, ShortLink.id, **at)
    return Listing(_("Short links"), columns(), found, form, file="short-links")


@page.get("/ending")
def ending() -> ResponseReturnValue:
    return _by_end("ending", living=True)


@page.get("/over")
def over() -> ResponseReturnValue:
    return _by_end("over", living=False)


def _by_end(view: str, *, living: bool) -> ResponseReturnValue:
    start = request.args.get("start", "")

    def listing(db: Session, _at: dict[str, Any]) -> Listing[ShortLink]:
        found = short_links.by_end(db, shop().id, living=living, start=start)
        older = url_for(f".{view}", start=found.following) if found.following else None
        turns = (url_for(f".{view}") if start else None, older)
        return Listing(_("Short links"), columns(), Slice(found.rows, None, None), turns=turns)

    return list_page("links/index.html", listing, view=view)


@page.get("/<key>", endpoint="link")
def show(key: str) -> ResponseReturnValue:
    one = link_or_404(key)
    same = (ShortLink.shop_id == one.shop_id, ShortLink.code == one.code, ShortLink.domain == one.domain)
    query = select(ShortLink).where(*same, ShortLink.id != one.id, ShortLink.short.is_not(None))
    with desk().reading() as db:
        others = list(db.scalars(query.order_by(ShortLink.id.desc()).limit(HISTORY))) if one.code else []
    return render("links/link.html", one=one, others=others, batch=load(LinkBatch, number=one.batch_id))


def link_or_404(key: str) -> ShortLink:
    return load_or_404(ShortLink, key=key)


page.app_template_filter()(without_scheme)
