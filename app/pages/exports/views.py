"""A long list becomes a file: offered, made by a worker, fetched by whoever asked for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.exports import page
from app.pages.exports.forms import OfferForm
from app.pages.exports.replay import is_readable, page_of, table_of
from app.store import brought_files, exports, works
from app.store.exports import Export
from app.web.context import desk, settings
from app.web.http.csv import AT_ONCE, counting, delimiter, file_answer, table_blocks
from app.web.loaders import load_or_404
from app.web.page import EVERYONE, asks_again
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.batches import batch_of, go_on_and_tell, queue, work_on
from app.work.kinds import Progress, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue

    from app.store.brought_files import BroughtFile
    from app.store.works import Work
    from app.web.http.csv import Table

KIND = "exports.make"


@page.get("/new")
def offer() -> ResponseReturnValue:
    """Say that a list is too long to wait for, and offer to make its file."""
    form = OfferForm(of=request.args.get("of", ""))
    if form.of.data is None or not is_readable(form.of.data):
        abort(404)
    return render("exports/offer.html", form=form, most=AT_ONCE, back=page_of(form.of.data))


@page.post("/")
@asks_again
def add() -> ResponseReturnValue:
    """Let a worker make the file; one that is short enough is made at once."""
    form = OfferForm()
    if not form.validate_on_submit():
        return render("exports/offer.html", 422, form=form, most=AT_ONCE, back=url_for("home.index"))
    export = Export(shop_id=shop().id, person_id=me().id, address=form.of.data)
    with desk().writing() as db:
        db.add(export)
        db.flush()
        queue(db, KIND, export.key)
    go_on_and_tell(KIND, export.key)
    return go(".show", key=export.key)


@kind(KIND, label=_l("File of a long list"), page="exports.show", needs=EVERYONE, is_repeatable=True)
def make(work: Work) -> Progress:
    """Write the whole file; whoever takes over from a worker that died begins it anew."""
    with desk().reading() as db:
        export = batch_of(db, Export, work)
    if not export.made:
        with table_of(export.address) as table:
            return _write(work, export, table)
    return Progress(export.rows, export.rows, is_over=True)


def _write(work: Work, export: Export, table: Table) -> Progress:
    counted = {"rows": 0}
    with desk().writing() as db:
        file_id = exports.begin_file(db, export.id, table.name, settings().key)
    for block in table_blocks(table.header, counting(table.rows, counted), delimiter()):
        with desk().writing() as db:
            if works.is_mine(db, work) != "":  # somebody took over, or wishes a pause
                return Progress(counted["rows"], 0)
            exports.write(db, file_id, block, settings().key)
            works.note(db, work, done=counted["rows"], total=0, left_out=0)
    with desk().writing() as db:
        exports.finish(db, export.id, counted["rows"])
    return Progress(counted["rows"], counted["rows"], is_over=True)


@page.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    """Show how far it is, and where the file is."""
    export = _mine_or_404(key)
    return render("exports/show.html", export=export, file=_file_of(export), work=work_on(KIND, key))


@page.get("/<key>.csv")
def file(key: str) -> ResponseReturnValue:
    """Give the file, while it is kept and the list may be seen."""
    export = _mine_or_404(key)
    kept = _file_of(export)
    if kept is None or not is_readable(export.address):
        abort(404)
    return file_answer(export.name, _blocks(kept), export.rows)


def _blocks(kept: BroughtFile) -> Iterator[bytes]:
    for number in range(kept.chunks):
        with desk().reading() as db:
            yield brought_files.block_of(db, kept, number, settings().key)


def _mine_or_404(key: str) -> Export:
    export = load_or_404(Export, key=key)
    if export.person_id != me().id:
        abort(404, _("Only whoever had this file made can fetch it."))
    return export


def _file_of(export: Export) -> BroughtFile | None:
    with desk().reading() as db:
        return brought_files.by_id(db, export.shop_id, export.file_id) if export.made else None
