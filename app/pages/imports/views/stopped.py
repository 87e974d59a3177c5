"""An import that was stopped is not lost: it goes on where it was, or gives what was not sent as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _

from app.pages.imports import page
from app.pages.imports.batches import batch_or_404, move
from app.pages.imports.parts import parts_of
from app.pages.imports.work import KINDS, begin
from app.store import imports
from app.web.context import desk
from app.web.http.csv import csv_answer
from app.web.masking import leave_whole_for
from app.web.page import MARKETERS, needs
from app.web.rees46 import noted
from app.web.render import go

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue

    from app.store.imports import Batch


@page.post("/<key>/go-on")
@needs(MARKETERS)
def go_on(key: str) -> ResponseReturnValue:
    """Go on with what was being done; what nobody had confirmed is confirmed first."""
    batch = batch_or_404(key)
    if batch.state != "stopped" or batch.forgotten:
        flash(_("This import is running or done already; nothing was started a second time."), "info")
        return go(".show", key=key)
    with desk().reading() as db:
        then = imports.stage_of(db, batch.id)
    with noted("imports.Resume", None, {"import": batch.key}):
        moved = move(batch, "stopped", then)
    if moved and then in KINDS:
        begin(batch_or_404(key))
    return go(".show", key=key)


@page.get("/<key>/rest.csv")
@needs(MARKETERS)
def rest(key: str) -> ResponseReturnValue:
    """The rows that were not sent, in their own columns, to be brought again; of those left out see `left_out`."""
    batch = batch_or_404(key)
    leave_whole_for(batch.person_id)
    return csv_answer(f"import-{batch.key}-rest", batch.header, _rest(batch))


def _rest(batch: Batch) -> Iterator[list[object]]:
    for part in parts_of(batch, imports.unsent):
        yield from (cells for number, cells in part.rows if number not in set(part.skipped))
