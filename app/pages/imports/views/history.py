"""The imports so far: all of the shop's, and those into one segment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app.pages.imports import page
from app.store import imports, segment_names
from app.store.imports import Batch
from app.store.paging import newest
from app.web.context import desk
from app.web.paging_args import page_urls, place
from app.web.render import render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.segment_names import SegmentName

SHOWN_OF_SEGMENT = 8


@page.get("/")
def index() -> ResponseReturnValue:
    with desk().reading() as db:
        found = newest(db, imports.of_shop(shop().id), Batch.id, **place())
        names = _names(db, found.rows)
    return render("imports/index.html", found=found, names=names, **page_urls(found.older, found.newer))


@page.get("/into/<segment_id>")
def into(segment_id: str) -> ResponseReturnValue:
    """The latest imports into a segment; a panel of its page."""
    with desk().reading() as db:
        found = newest(db, imports.of_shop(shop().id, segment_id), Batch.id, limit=SHOWN_OF_SEGMENT)
        names = _names(db, found.rows)
    return render("imports/into.html", found=found, names=names, segment_id=segment_id)


def _names(db: Session, batches: list[Batch]) -> dict[str, SegmentName]:
    ids = {batch.segment_id for batch in batches if batch.segment_id}
    return segment_names.by_ids(db, shop().id, ids) if ids else {}
