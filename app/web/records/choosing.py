"""What the columns of a file of records are: as people say, remembered for the next file with the same headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.store import brought_files, record_imports
from app.web.context import desk, settings
from app.web.forms.columns import ColumnsForm, digest_of
from app.web.records.bringing import read, table_in
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from flask.typing import ResponseReturnValue
    from werkzeug.datastructures import MultiDict

    from app.store.record_imports import Record, RecordImport
    from app.web.records.bringing import Brought
    from app.web.records.fields import Column

    Check = Callable[[Brought], tuple[RecordImport, list[Record]]]

SAMPLE = 3  # rows that are shown


class RecordColumns(ColumnsForm):
    def read(
        self, posted: MultiDict[str, str], header: Sequence[str], columns: Sequence[Column], needed: Collection[str]
    ) -> dict[str, str]:
        """Take the choices that make sense; what does not stands on the form."""
        names = {column.name for column in columns}
        taken = {place: name for place, name in self.choices_in(posted, header).items() if name in names}
        self.refuse_twins(taken.values(), str)
        if not set(needed) & set(taken.values()):
            self.refuse(_("Choose which column is “%(field)s”.", field=" / ".join(needed)))
        return taken


def chosen_before(kind: str) -> Callable[[Sequence[str]], dict[str, str]]:
    """Give the columns of the last file of a kind with the same headings, for whoever reads a file."""

    def of(header: Sequence[str]) -> dict[str, str]:
        with desk().reading() as db:
            before = record_imports.with_headings(db, shop().id, kind, digest_of(header))
        return before.columns if before else {}

    return of


def keep(batch: RecordImport, records: list[Record], brought: Brought) -> bool:
    """Keep a checked import with its file. False where no column of it is known: somebody has to choose them."""
    batch.header, batch.columns = brought.header, brought.columns
    batch.headings = digest_of(brought.header) if brought.header else None
    with desk().writing() as db:
        if brought.header:
            file = brought_files.keep(db, batch.shop_id, batch.source, brought.content, settings().key)
            batch.file_id = file.id
        record_imports.add(db, batch, records, settings().key)
    if brought.header and not brought.columns:
        flash(_("No column is known by its name. Choose what each of them is."), "warning")
        return False
    return True


def choose(
    template: str, batch: RecordImport, columns: Sequence[Column], needed: Collection[str], check: Check
) -> ResponseReturnValue:
    """Ask what the columns are, and check the file anew; nothing is sent."""
    with desk().reading() as db:
        content = brought_files.whole(db, batch.shop_id, batch.file_id, settings().key)
    if batch.state != "checked" or content is None:
        flash(_("The file is no longer there. Bring it again."), "danger")
        return _shown(batch)
    form = RecordColumns()
    if form.validate_on_submit():
        chosen = form.read(request.form, batch.header, columns, needed)
        if not form.form_errors:
            brought = read(content, columns, "", is_pasted=not batch.source, chosen=lambda _header: chosen)
            fresh, records = check(brought)
            fresh.columns = chosen
            with desk().writing() as db:
                record_imports.replace(db, batch.id, fresh, records, settings().key)
            return _shown(batch)
        batch.columns = chosen
    rows = table_in(content, is_pasted=not batch.source).rows[:SAMPLE]
    options = [("", _l("Leave the column out")), *((column.name, column.name) for column in columns)]
    return render(template, form=form, batch=batch, sample=[row.cells for row in rows], options=options)


def _shown(batch: RecordImport) -> ResponseReturnValue:
    """Lead to the import, on the page that asks."""
    return go(f"{request.blueprint}.show", key=batch.key)
