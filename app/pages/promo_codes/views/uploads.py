"""Bringing codes: pasted or in a file, looked through before anything is sent."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import flash, request
from flask_babel import gettext as _

from app.pages.promo_codes import page, stock
from app.pages.promo_codes.columns import column_named, column_of_codes, columns_of, read_codes
from app.pages.promo_codes.forms import UploadForm
from app.pages.promo_codes.inspection import MOST, Inspection, inspect, is_table, pasted
from app.store import brought_files, promo_batches, promo_uploads
from app.store.promo_batches import PromoBatch
from app.web.context import desk, settings
from app.web.filters import number
from app.web.loaders import load_or_404
from app.web.page import MARKETERS, needs
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me
from app.web.tables.choosing import chosen
from app.web.tables.reading import AS_LIKELY, Reading, restored
from app.web.tables.upload import Unreadable, content_of

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.route("/upload", methods=["GET", "POST"])
@needs(MARKETERS)
def upload() -> ResponseReturnValue:
    supplies, form = stock.read(), UploadForm()
    form.list.offer(supplies, request.args.get("list"))
    if form.validate_on_submit() and (batch := _looked_through(form)):
        batch.list_id, batch.list_name = (
            form.list.data,
            next(supply.name for supply in supplies if supply.id == form.list.data),
        )
        return go(".batch", key=keep(batch).key)
    return render("promo_codes/upload.html", form=form, most=MOST)


def keep(batch: PromoBatch) -> PromoBatch:
    with desk().writing() as db:
        return promo_batches.add(db, batch)


def new_batch(found: Inspection, source: str, **more: Any) -> PromoBatch:
    """Describe codes that are to be kept until they are sent; what was found goes with them."""
    with desk().reading() as db:
        found.elsewhere = promo_uploads.lists_with(db, shop().id, found.codes, settings().key)
    return PromoBatch(
        shop_id=shop().id,
        person=me().name,
        source=source,
        codes=found.codes,
        total=len(found.codes),
        findings=found.findings(),
        **more,
    )


def _looked_through(form: UploadForm) -> PromoBatch | None:
    """Look through what was brought; what cannot be used at all is said on the form."""
    brought = form.file if form.file.data else form.codes
    try:
        return _from_file(form) if form.file.data else _from_paste(form.codes.data or "")
    except Unreadable as wrong:
        brought.errors = [wrong.words]
        return None


def _from_file(form: UploadForm) -> PromoBatch:
    content = content_of(form.file.data)
    found, reading = _read(content, AS_LIKELY, (form.column.data or "").strip() or None)
    return _with_file(new_batch(found, "file", reading=reading), form.file.data.filename or "", content)


def _from_paste(text: str) -> PromoBatch:
    if not is_table(text):
        return new_batch(_some(inspect(pasted(text))), "pasted")
    content = text.encode()
    found, reading = _read(content, Reading(encoding="utf-8"))
    return _with_file(new_batch(found, "pasted", reading=reading), "", content)


def _with_file(batch: PromoBatch, name: str, content: bytes) -> PromoBatch:
    with desk().writing() as db:
        batch.file_id = brought_files.keep(db, batch.shop_id, name, content, settings().key).id
    return batch


def _read(content: bytes, reading: Reading, column: str | int | None = None) -> tuple[Inspection, dict[str, Any]]:
    """Read the codes of a column, by place, heading or letter, else of the likeliest; also say how they were read."""
    table = read_codes(content, reading)
    if isinstance(column, int) and column < len(table.header):
        place = column
    else:
        place = column_named(table, column) if isinstance(column, str) else column_of_codes(table)
    wide = [row for row in table.rows if any(row.cells[len(table.header) :])]
    rows = ((row.number, row.cells[place]) for row in table.rows if row not in wide)
    found = _some(inspect(rows, ((row.number, " ".join(filter(None, row.cells))) for row in wide)))
    columns = [asdict(one) for one in columns_of(table)]
    return found, table.reading.kept() | {"column": place, "columns": columns}


def _some(found: Inspection) -> Inspection:
    """Refuse none, and more than fit into a batch."""
    if not found.codes:
        raise Unreadable(_("There is no code in it."))
    if len(found.codes) > MOST:
        raise Unreadable(_("These are more than %(most)s codes. Split them into parts.", most=number(MOST)))
    return found


@page.post("/batches/<key>/read")
@needs(MARKETERS)
def read_again(key: str) -> ResponseReturnValue:
    """Read the file of a batch in another way: another column, sheet, encoding or row of headings."""
    batch = load_or_404(PromoBatch, key=key)
    with desk().reading() as db:
        content = brought_files.whole(db, batch.shop_id, batch.file_id, settings().key)
    if batch.state != "checked" or content is None:
        flash(_("The file is no longer there. Upload it again."), "danger")
        return go(".batch", key=key)
    try:
        found, reading = _read(content, chosen(request.form, batch.reading), _column_chosen(batch))
    except Unreadable as wrong:
        flash(wrong.words, "danger")
        return go(".batch", key=key)
    again = new_batch(found, batch.source)
    with desk().writing() as db:
        promo_batches.replace_codes(db, batch.id, again.codes, again.findings, reading)
    return go(".batch", key=key)


def _column_chosen(batch: PromoBatch) -> int | None:
    """The column that was chosen; when another sheet is read, or its cells are cut in another way, it is looked for."""
    said, before = request.form.get("column", ""), restored(batch.reading)
    now = chosen(request.form, batch.reading)
    is_same = (now.sheet, now.separator, now.encoding) == (before.sheet, before.separator, before.encoding)
    return int(said) if is_same and said.isascii() and said.isdigit() else None
