"""What can be done about an import that was sent: written back, or its people taken out of the segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash
from flask_babel import gettext as _

from app.pages.imports import page, undo_suppressed
from app.pages.imports import undo as undo_audience
from app.pages.imports.batches import batch_or_404
from app.pages.imports.undo import kept_with, lock_one, sent_with
from app.store import bulks, customers
from app.store.bulks import Bulk
from app.store.imports import AUDIENCE, Batch
from app.web.context import desk
from app.web.page import MARKETERS, needs
from app.web.render import go
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.batches import go_on, queue

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

AT_ONCE = 500  # rows that are added in one transaction
SECONDS = 2.0  # that one request spends on the dry run


@page.post("/<key>/undo")
@needs(MARKETERS)
def undo(key: str) -> ResponseReturnValue:
    """Look what can be written back; nothing is sent by it."""
    batch = batch_or_404(key)
    kept: dict[tuple[str, str], str | None] = {}
    if _may_be_undone(batch):
        kept = {(one["kind"], one["value"]): lock_one(one) for one in kept_with(batch)}
    kind = undo_audience.KIND if batch.kind == AUDIENCE else undo_suppressed.KIND
    return _look(batch, kind, {"import": batch.key, "at": f"{batch.at:%Y-%m-%d %H:%M}"}, kept)


@page.post("/<key>/take-out")
@needs(MARKETERS)
def take_out(key: str) -> ResponseReturnValue:
    """Look who of its people is in the segment, to take them out of it."""
    batch = batch_or_404(key)
    sent = sent_with(batch) if _may_be_undone(batch) and batch.segment_id else ()
    asked = {"segment_id": batch.segment_id, "import": batch.key}
    return _look(batch, "segments.remove", asked, dict.fromkeys(sent))


def _may_be_undone(batch: Batch) -> bool:
    return not batch.forgotten and bool(batch.count("accepted"))


def _look(
    batch: Batch, kind: str, asked: dict[str, Any], wanted: dict[tuple[str, str], str | None]
) -> ResponseReturnValue:
    """Begin a dry run over these people."""
    if not wanted:
        flash(_("There is nothing to undo, or its rows were let go after 30 days."), "warning")
        return go(".show", key=batch.key)
    source = _("the import %(name)s", name=batch.source or _("pasted"))
    bulk = Bulk(shop_id=shop().id, person_id=me().id, person=me().name, source=source[:200], kind=kind, asked=asked)
    with desk().writing() as db:
        bulks.add(db, bulk, ())
    people = list(wanted.items())
    for first in range(0, len(people), AT_ONCE):
        _add(bulk, dict(people[first : first + AT_ONCE]))
    with desk().writing() as db:
        bulks.move(db, bulk.id, "draft", "checking", rows=len(people))
        queue(db, f"{kind}.check", bulk.key, source, len(people))
    go_on(f"{kind}.check", bulk.key, seconds=SECONDS)
    return go("bulk.show", key=bulk.key)


def _add(bulk: Bulk, wanted: dict[tuple[str, str], str | None]) -> None:
    """Add some rows, in a transaction of their own: nobody who saves waits for thousands."""
    with desk().writing() as db:
        known = customers.remember_all(db, bulk.shop_id, dict.fromkeys(wanted, ""))
        bulks.add_rows(db, bulk, {known[who].id: kept for who, kept in wanted.items()})
