"""The list of segments, one of them, and what it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, request
from flask_babel import gettext as _

from app.pages.segments import page
from app.pages.segments.columns import columns
from app.pages.segments.forms import ListFilters, LookUpForm, NameForm
from app.pages.segments.labels import segment_of
from app.store import segment_names
from app.store.paging import Slice
from app.store.segment_names import SegmentName
from app.web.context import desk
from app.web.page import MARKETERS, needs
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.shops import shop
from app.web.tables.listing import Listing, list_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

KEPT = ("name", "purpose", "owner")


@page.get("/")
def index() -> ResponseReturnValue:
    form = ListFilters()
    words, kind = (form.q.data or "").strip(), request.args.get("kind", "")

    def listing(db: Session, _at: dict[str, Any]) -> Listing[SegmentName]:
        found = segment_names.listed(db, shop().id, words, kind if kind in {"static", "dynamic"} else "")
        return Listing(_("Segments"), columns(), Slice(found, None, None), form, file="segments")

    return list_page("segments/index.html", listing, find=LookUpForm(formdata=None))


@page.get("/<segment_id>")
def show(segment_id: str) -> ResponseReturnValue:
    return render("segments/show.html", segment=segment_of(segment_id))


@page.route("/name", methods=["GET", "POST"])
@needs(MARKETERS)
def name() -> ResponseReturnValue:
    """Name a segment, or name it anew: `?segment=313`."""
    segment = segment_of(request.args.get("segment", "")[:255])
    form = NameForm(obj=segment)
    if form.validate_on_submit():
        _keep(form)
        flash(
            _(
                "“%(name)s” is kept as the name of segment %(number)s.",
                name=form.name.data,
                number=form.segment_id.data,
            ),
            "success",
        )
        return go(".show", segment_id=form.segment_id.data)
    return render("segments/name.html", form=form, segment=segment)


def _keep(form: NameForm) -> None:
    before = segment_of(form.segment_id.data)
    said = {what: (getattr(form, what).data or "").strip() for what in KEPT}
    about = About(before=_words_of(before), after=said)
    with noted("segments.Name", about, {"segment_id": form.segment_id.data}), desk().writing() as db:
        segment_names.keep(db, shop().id, form.segment_id.data, **said)


def _words_of(segment: SegmentName) -> dict[str, Any]:
    return {what: getattr(segment, what) for what in KEPT}
