"""Notices of REES46 in a box: imports of which rows were left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import gettext as _

from app.pages.catalogue import page
from app.pages.catalogue.box import is_in_a_box, read_notices
from app.pages.catalogue.notices import NoticeFilters, notice_columns
from app.store import box_notices as store
from app.store.box_notices import BoxNotice
from app.store.paging import newest
from app.web.context import desk
from app.web.page import STAFF, needs
from app.web.paging_args import whole_number
from app.web.render import go
from app.web.shops import shop
from app.web.tables.listing import Listing, list_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session


@page.get("/notices")
@needs(STAFF)
def notices() -> ResponseReturnValue:
    """List them, newest first, those of this moment included."""
    read_notices()
    form = NoticeFilters()
    with desk().reading() as db:
        unseen = store.last_unseen(db, shop().id)
    return list_page(
        "catalogue/notices.html", lambda db, at: _listing(db, form, at), unseen=unseen, in_a_box=is_in_a_box()
    )


def _listing(db: Session, form: NoticeFilters, at: dict[str, Any]) -> Listing[BoxNotice]:
    is_seen = {"new": False, "seen": True}.get(form.state.data or "")
    wanted = store.of_shop(shop().id, form.kind.data or "", is_seen=is_seen, between=form.between())
    found = newest(db, wanted, BoxNotice.id, **at)
    return Listing(_("Notices of the box"), notice_columns(), found, form, file="box-notices")


@page.post("/notices/seen")
@needs(STAFF)
def seen() -> ResponseReturnValue:
    """Note that somebody of the staff has seen them."""
    with desk().writing() as db:
        store.see(db, shop().id, whole_number(request.form.get("up_to")) or 0)
    return go(".notices")
