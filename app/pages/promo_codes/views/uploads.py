"""Bringing codes: pasted or in a file, looked through before anything is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _

from app.pages.promo_codes import page, stock
from app.pages.promo_codes.forms import UploadForm
from app.pages.promo_codes.inspection import HEADINGS, MOST, Inspection, inspect, pasted
from app.store import promo_batches
from app.store.promo_batches import PromoBatch
from app.web.context import desk
from app.web.filters import number
from app.web.login import me
from app.web.page import MARKETERS, needs
from app.web.render import go, render
from app.web.shops import shop
from app.web.table_upload import Unreadable, read_file
from app.web.tables.reading import NO_HEADING, Reading

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.pages.promo_codes.inspection import Line
    from app.web.table_upload import Table

LOOKED_AT = 200  # rows by which the column of codes is found


@page.route("/upload", methods=["GET", "POST"])
@needs(MARKETERS)
def upload() -> ResponseReturnValue:
    supplies, form = stock.read(), UploadForm()
    form.list.offer(supplies, request.args.get("list"))
    if form.validate_on_submit() and (found := _looked_through(form)):
        name = next(one.name for one in supplies if one.id == form.list.data)
        batch = keep(found, "file" if form.file.data else "pasted", form.list.data, name)
        return go(".batch", key=batch.key)
    return render("promo_codes/upload.html", form=form, most=MOST)


def keep(found: Inspection, source: str, list_id: str | None = None, list_name: str = "") -> PromoBatch:
    """Keep the codes until they are sent; what was found goes with them."""
    batch = PromoBatch(
        shop_id=shop().id, person=me().name, source=source, list_id=list_id, list_name=list_name,
        codes=found.codes, total=len(found.codes), findings=found.findings(),
    )  # fmt: skip
    with desk().writing() as db:
        return promo_batches.add(db, batch)


def _looked_through(form: UploadForm) -> Inspection | None:
    """Look through what was brought; what cannot be used at all is said on the form."""
    try:
        lines = _from_file(form) if form.file.data else pasted(form.codes.data or "")
    except Unreadable as wrong:
        form.file.errors = [wrong.words]
        return None
    brought = form.file if form.file.data else form.codes
    found = inspect(lines)
    if not found.codes:
        brought.errors = [_("There is no code in it.")]
    elif len(found.codes) > MOST:
        brought.errors = [_("These are more than %(most)s codes. Split them into parts.", most=number(MOST))]
    else:
        return found
    return None


def _from_file(form: UploadForm) -> list[Line]:
    table = read_file(form.file.data, Reading(heading=NO_HEADING))
    place = _column(table, (form.column.data or "").strip())
    return [(row.number, row.cells[place]) for row in table.rows]


def _column(table: Table, wanted: str) -> int:
    """Find the column of codes: the one that was named, one headed like codes, else the one of most variety."""
    first = [cell.casefold() for cell in table.rows[0].cells]
    if wanted:
        letters = [chr(65 + place) for place in range(min(26, len(first)))]
        if wanted.casefold() in first:
            return first.index(wanted.casefold())
        if wanted.upper() in letters:
            return letters.index(wanted.upper())
        raise Unreadable(_("There is no column “%(name)s” in it.", name=wanted))
    headed = [place for place, cell in enumerate(first) if cell in HEADINGS]
    if headed:
        return headed[0]
    return max(range(len(first)), key=lambda place: _variety(table, place))


def _variety(table: Table, place: int) -> int:
    """Count the different words in a column's first rows: codes differ, names of a sale do not."""
    return len({cell for row in table.rows[:LOOKED_AT] if (cell := row.cells[place]) and " " not in cell})
