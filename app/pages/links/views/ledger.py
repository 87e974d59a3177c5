"""The ledger: all links that were made here, what each leads to, and until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from app.pages.links import page
from app.pages.links.forms import LedgerForm
from app.store import short_links
from app.store.link_batches import LinkBatch
from app.store.paging import newest
from app.store.short_links import ShortLink
from app.web.context import desk
from app.web.http.csv import csv_answer
from app.web.loaders import load, load_or_404
from app.web.paging_args import page_urls, place
from app.web.render import render
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue

HISTORY = 10  # earlier links of a code


@page.get("/")
def index() -> ResponseReturnValue:
    """List links newest first, narrowed down by code or campaign."""
    form = LedgerForm()
    code, campaign = ((one.data or "").strip() for one in (form.code, form.campaign))
    code = code.rstrip("/").rpartition("/")[2]
    with desk().reading() as db:
        found = newest(db, short_links.of_shop(shop().id, code=code, campaign=campaign), ShortLink.id, **place())
    return render("links/index.html", form=form, rows=found.rows, filtered=bool(code or campaign), view="newest",
                  **page_urls(found.older, found.newer))  # fmt: skip


@page.get("/ending")
def ending() -> ResponseReturnValue:
    return _by_end("ending", living=True)


@page.get("/over")
def over() -> ResponseReturnValue:
    return _by_end("over", living=False)


def _by_end(view: str, *, living: bool) -> ResponseReturnValue:
    start = request.args.get("start", "")
    with desk().reading() as db:
        found = short_links.by_end(db, shop().id, living=living, start=start)
    following = url_for(f".{view}", start=found.following) if found.following else None
    return render("links/index.html", form=None, rows=found.rows, filtered=False, view=view,
                  older_url=following, newer_url=url_for(f".{view}") if start else None)  # fmt: skip


@page.get("/links.csv")
def ledger_csv() -> ResponseReturnValue:
    header = [_("Short link"), _("Long URL"), _("Campaign"), _("Made (UTC)"), _("By whom"), _("Ends (UTC)"), _("State")]
    return csv_answer("short-links", header, _csv_rows())


def _csv_rows() -> Iterator[list[object]]:
    """Walk through the ledger by key, a page at a time."""
    before: int | None = None
    while True:
        with desk().reading() as db:
            found = newest(db, short_links.of_shop(shop().id), ShortLink.id, before=before, limit=500)
        for one in found.rows:
            ends = one.expires.isoformat(" ", "minutes") if one.expires else ""
            yield [one.short, one.source, one.campaign, one.at.isoformat(" ", "minutes"), one.person, ends, one.state]
        before = found.older
        if before is None:
            return


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


@page.app_template_filter()
def without_scheme(url: str) -> str:
    """Write a short link as people read it out."""
    return url.partition("://")[2] or url
