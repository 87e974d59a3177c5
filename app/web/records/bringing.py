"""From what was brought to records: rows of a table, or the list of a JSON file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import TextAreaField
from wtforms.validators import Length, Optional

from app.store.record_imports import RecordImport
from app.web.cells.spreadsheet_errors import is_error
from app.web.cells.tidying import Unfit, is_empty
from app.web.forms.fields import Form
from app.web.records.fields import columns_in
from app.web.shops import shop
from app.web.sign_in.login import me
from app.web.tables.encoding import STRAY
from app.web.tables.reading import AS_LIKELY, Reading
from app.web.tables.upload import MOST_ROWS, Unreadable, content_of, read_content

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.web.records.fields import Column
    from app.web.tables.upload import Table

    Chosen = Callable[[Sequence[str]], dict[str, str]]  # the columns of such headings, by their places

LONGEST_PASTE = 2_000_000  # characters
JSON_SIGNS = (b"[", b"{")
MOST_NAMED = 200  # problems of a check that are kept
Problem = list[Any]  # row, what it is about, code


class BringForm(Form):
    """A file, or the same pasted."""

    file = FileField(_l("File"), validators=[Optional()])
    text = TextAreaField(
        _l("Or paste it"),
        description=_l("With a first row of names, or as JSON."),
        validators=[Optional(), Length(max=LONGEST_PASTE)],
        render_kw={"rows": 6, "data-code": True, "spellcheck": "false"},
    )

    def brought(self, columns: Sequence[Column], inside: str, before: Chosen) -> Brought | None:
        """Read what was brought; what is wrong with it stands on the form. `before` are columns chosen earlier."""
        try:
            content = content_of(self.file.data) if self.file.data else (self.text.data or "").encode()
            if not content.strip():
                self.file.errors = [_("Choose a file, or paste the rows below.")]
                return None
            return read(content, columns, inside, is_pasted=not self.file.data, chosen=before)
        except Unreadable as unreadable:
            (self.file if self.file.data else self.text).errors = [unreadable.words]
            return None

    @property
    def source(self) -> str:
        return ((self.file.data.filename or "") if self.file.data else "")[-200:]


@dataclass
class Row:
    """A row and what its cells say; `faults` are [what, code] of cells that cannot be read."""

    number: int
    said: dict[str, Any]
    faults: list[list[str]] = field(default_factory=list)


@dataclass
class Brought:
    """The rows of a file; of JSON each is a whole record as the API has it. Without `columns` somebody chooses them."""

    rows: list[Row]
    is_json: bool = False
    unused: list[str] = field(default_factory=list)  # columns that nothing is made of
    header: list[str] = field(default_factory=list)  # of a table
    columns: dict[str, str] = field(default_factory=dict)  # the place of each that is used, and its name in the API
    content: bytes = b""


def read(content: bytes, columns: Sequence[Column], inside: str, *, is_pasted: bool, chosen: Chosen) -> Brought:
    """Read rows: by the columns that somebody chose for such headings, otherwise by their names."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(JSON_SIGNS):
        return _of_json(content, inside)
    table = table_in(content, is_pasted=is_pasted)
    known, by_hand = {column.name: column for column in columns}, chosen(table.header)
    places = {int(place): known[name] for place, name in by_hand.items() if name in known}
    places = places or columns_in(table.header, columns)
    rows = [_row(row.number, row.cells, places) for row in table.rows] if places else []
    unused = [name for place, name in enumerate(table.header) if place not in places]
    names = {str(place): column.name for place, column in places.items()}
    return Brought(rows, unused=unused, header=table.header, columns=names, content=content)


def table_in(content: bytes, *, is_pasted: bool) -> Table:
    return read_content(content, Reading(encoding="utf-8") if is_pasted else AS_LIKELY)


def _of_json(content: bytes, inside: str) -> Brought:
    try:
        said = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Unreadable(_("This begins like JSON and cannot be read as such.")) from None
    listed = said.get(inside) if isinstance(said, dict) else said
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise Unreadable(_("The JSON has to be a list of objects, or an object with the list “%(name)s”.", name=inside))
    if not listed:
        raise Unreadable(_("There is nothing in it."))
    if len(listed) > MOST_ROWS:
        raise Unreadable(
            _("There are more than %(most)s records. Split it and take the parts one by one.", most=MOST_ROWS)
        )
    return Brought([Row(number, one) for number, one in enumerate(listed, 1)], is_json=True)


def _row(number: int, cells: list[str], places: dict[int, Column]) -> Row:
    row = Row(number, {})
    for place, column in places.items():
        cell = cells[place].strip() if place < len(cells) else ""
        try:
            _refuse_damage(cell)
            if not is_empty(cell) and (said := column.read(cell)) is not None:
                row.said[column.name] = said
        except Unfit as unfit:
            row.faults.append([column.name, unfit.args[0] if unfit.args else "unfit"])
    return row


def _refuse_damage(cell: str) -> None:
    if STRAY in cell:
        raise Unfit("garbled")
    if is_error(cell):
        raise Unfit("formula")


@dataclass
class Checked:
    """What a check found: the records that are fit, totals, what is left out and what is worth a look."""

    records: list[dict[str, Any]] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    left_out: int = 0

    def leave_out(self, number: int, *faults: list[str]) -> None:
        self.left_out += 1
        self.problems += [[number, *fault] for fault in faults]

    def warn(self, number: int, what: str, code: str) -> None:
        self.warnings.append([number, what, code])


def new_import(kind: str, source: str, checked: Checked) -> RecordImport:
    """Describe an import as its check found it."""
    figures = {"left_out": checked.left_out, "warned": len(checked.warnings), **checked.figures}
    return RecordImport(
        shop_id=shop().id,
        person_id=me().id,
        person=me().name,
        kind=kind,
        source=source,
        figures=figures,
        problems=checked.problems[:MOST_NAMED],
        warnings=checked.warnings[:MOST_NAMED],
    )
