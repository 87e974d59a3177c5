"""URLs that were brought together: what has to be decided, and what became of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, request
from flask_babel import gettext as _

from app.pages.links import page
from app.pages.links.columns import batch_columns
from app.pages.links.conflicts import weigh
from app.pages.links.create import KIND, begin
from app.pages.links.decisions import decided, mark_of, one_by_one
from app.pages.links.drafts import restored
from app.pages.links.forms import DecideForm
from app.pages.links.proceed import go_on
from app.pages.links.views.shorten import read_rows
from app.store import brought_files, link_batches, short_links
from app.store.link_batches import LinkBatch
from app.store.paging import newest
from app.store.short_links import ShortLink
from app.web.context import desk, settings
from app.web.http.csv import csv_answer
from app.web.loaders import load_or_404
from app.web.page import MARKETERS, needs
from app.web.paging_args import whole_number
from app.web.render import go, render
from app.web.shops import shop
from app.web.tables.choosing import chosen
from app.web.tables.listing import Listing, list_page
from app.web.tables.upload import Unreadable
from app.work.batches import work_on

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

SHOWN = 100  # rows of a page


@page.get("/batches")
def batches() -> ResponseReturnValue:
    """List what was brought together, newest first."""
    return list_page("links/batches.html", _listing)


def _listing(db: Session, at: dict[str, Any]) -> Listing[LinkBatch]:
    found = newest(db, link_batches.of_shop(shop().id), LinkBatch.id, **at)
    made = link_batches.made_of(db, [batch.id for batch in found.rows])
    return Listing(_("Batches"), batch_columns(made), found)


@page.get("/batches/<key>", endpoint="batch")
def show(key: str) -> ResponseReturnValue:
    batch = batch_or_404(key)
    return _check(batch, DecideForm(formdata=None)) if batch.state == "draft" else _made(batch)


@page.post("/batches/<key>")
@needs(MARKETERS)
def make(key: str) -> ResponseReturnValue:
    """Make what was decided; a batch that was begun goes on, and with `again` its unknown links are made once more."""
    batch, form = batch_or_404(key), DecideForm()
    if batch.state == "draft":
        choices = decided(batch, form)
        if choices is not None and not begin(batch, choices):
            form.refuse(
                _("Nothing was created. Choose what may be replaced; somebody else may have taken a code meanwhile.")
            )
        if form.errors or form.form_errors:
            return _check(batch, form)
    if "again" in request.form:
        with desk().writing() as db:
            short_links.try_again(db, batch.id)
    return go_on(batch)


@page.post("/batches/<key>/read")
@needs(MARKETERS)
def read_again(key: str) -> ResponseReturnValue:
    """Read the file of a batch in another way: another sheet, encoding or row of headings."""
    batch = batch_or_404(key)
    with desk().reading() as db:
        content = brought_files.whole(db, batch.shop_id, batch.file_id, settings().key)
    if batch.state != "draft" or content is None:
        flash(_("The file is no longer there. Bring it again."), "danger")
        return go(".batch", key=key)
    try:
        drafts, reading = read_rows(content, chosen(request.form, batch.reading), batch.reading["chosen"])
    except Unreadable as wrong:
        flash(wrong.words, "danger")
        return go(".batch", key=key)
    with desk().writing() as db:
        link_batches.replace_rows(db, batch.id, [draft.kept() for draft in drafts], reading)
    return go(".batch", key=key)


def _check(batch: LinkBatch, form: DecideForm) -> ResponseReturnValue:
    with desk().reading() as db:
        weighed = weigh(db, batch.shop_id, restored(batch.rows))
    ask = [one for one in weighed if one.replaces or one.same]
    replacing = [one for one in ask if one.replaces]
    form.seen.data = mark_of(replacing)
    return render(
        "links/check.html",
        batch=batch,
        form=form,
        choices=one_by_one(batch),
        total=len(weighed),
        asked=ask[:SHOWN],
        asked_more=ask[SHOWN:],
        replacing=len(replacing),
        wrong=[one for one in weighed if one.draft.problem],
        more=[one.draft for one in weighed if one.draft.more],
        clean=[one for one in weighed if one.is_clean],
    )


def _made(batch: LinkBatch) -> ResponseReturnValue:
    after = whole_number(request.args.get("after")) or 0
    with desk().reading() as db:
        counts = short_links.counts(db, batch.id)
        query = short_links.of_batch(batch.id).where(ShortLink.id > after).order_by(ShortLink.id)
        found = list(db.scalars(query.limit(SHOWN + 1)))
        reused = short_links.by_keys(db, batch.shop_id, _reused(batch))
        every = [*link_batches.shorts_of(db, batch.id), *(one.short for one in reused if one.short)]
        unsure = short_links.unsure(db, batch.id)
    more = found[SHOWN - 1].id if len(found) > SHOWN else None
    left = restored(row for row in batch.rows if row.get("fate") == "leave")
    return render(
        "links/batch.html",
        batch=batch,
        rows=found[:SHOWN],
        counts=counts,
        reused=reused,
        every=every,
        left=left,
        more=more,
        unsure=unsure,
        work=work_on(KIND, batch.key),
    )


def _reused(batch: LinkBatch) -> list[str]:
    """Keys of the living links that are used instead of new ones."""
    return [row["reuse"] for row in batch.rows if row.get("fate") == "reuse"]


@page.get("/batches/<key>/links.csv")
def batch_csv(key: str) -> ResponseReturnValue:
    batch = batch_or_404(key)
    with desk().reading() as db:
        found = list(db.scalars(short_links.of_batch(batch.id).order_by(ShortLink.id)))
        found += short_links.by_keys(db, batch.shop_id, _reused(batch))
    header = [_("Long URL"), _("Short link"), _("Ends (UTC)"), _("State"), _("Answer")]
    return csv_answer(f"links-{batch.key}", header, (_csv_row(one) for one in found))


def _csv_row(one: ShortLink) -> list[object]:
    ends = one.expires.isoformat(" ", "minutes") if one.expires else ""
    return [one.source, one.short, ends, one.state, one.message]


def batch_or_404(key: str) -> LinkBatch:
    return load_or_404(LinkBatch, key=key)
