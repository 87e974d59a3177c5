"""The imports so far: all of the shop's, and those into one segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from app.pages.imports import page
from app.pages.imports.listing import ListFilters, columns
from app.store import imports, segment_names
from app.store.imports import Batch
from app.store.paging import newest, within
from app.web.context import desk
from app.web.forms.fields import choices
from app.web.remembered import everyone
from app.web.render import render
from app.web.shops import shop
from app.web.tables.listing import Listing, list_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.segment_names import SegmentName

SHOWN_OF_SEGMENT = 8


@page.get("/")
def index() -> ResponseReturnValue:
    form = ListFilters()
    return list_page("imports/index.html", lambda db, at: _listing(db, form, at))


def _listing(db: Session, form: ListFilters, at: dict[str, Any]) -> Listing[Batch]:
    form.person.choices = choices({"": _("Anybody"), **{one.id: one.name for one in everyone()}})
    wanted = within(imports.of_shop(shop().id), Batch.at, form.between())
    if form.kind.data:
        wanted = wanted.where(Batch.kind == form.kind.data)
    if form.person.data:
        wanted = wanted.where(Batch.person_id == form.person.data)
    found = newest(db, wanted, Batch.id, **at)
    return Listing(_("Imports, newest first"), columns(_names(db, found.rows)), found, form, file="imports")


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
