"""Notices of REES46 in a box: imports of which rows were left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import lazy_gettext as _l

from app.pages.catalogue import page
from app.pages.catalogue.box import is_in_a_box, read_notices
from app.store import box_notices as store
from app.store.box_notices import BoxNotice
from app.store.paging import newest
from app.web.context import desk
from app.web.page import STAFF, needs
from app.web.paging_args import page_urls, place, whole_number
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

LABELS = {
    "products": _l("Products"),
    "availability": _l("What is in stock"),
    "removal": _l("What is not sold any more"),
    "categories": _l("Categories"),
    "category_update": _l("Categories"),
    "category_removal": _l("Categories"),
    "locations": _l("Locations"),
    "audience": _l("Customers"),
    "suppressed": _l("Suppressed addresses"),
    "orders": _l("Orders"),
    "bonuses": _l("Bonuses"),
}


@page.get("/notices")
@needs(STAFF)
def notices() -> ResponseReturnValue:
    """List them, newest first, those of this moment included."""
    read_notices()
    with desk().reading() as db:
        found = newest(db, store.of_shop(shop().id), BoxNotice.id, **place())
        unseen = store.unseen(db, shop().id)
    return render(
        "catalogue/notices.html",
        found=found,
        unseen=unseen,
        labels=LABELS,
        in_a_box=is_in_a_box(),
        **page_urls(found.older, found.newer),
    )


@page.post("/notices/seen")
@needs(STAFF)
def seen() -> ResponseReturnValue:
    """Note that somebody of the staff has seen them."""
    with desk().writing() as db:
        store.see(db, shop().id, whole_number(request.form.get("up_to")) or 0)
    return go(".notices")
