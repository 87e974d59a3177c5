"""What a check of records found, in words and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.web.forms.fields import SAID
from app.web.http.csv import csv_answer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from flask import Response
    from flask_babel.speaklater import LazyString

    from app.store.record_imports import RecordImport

OF_ANY = {
    "number": _l("This must be a number."),
    "either": _l("This could be two numbers: write thousands without a sign."),
    "moment": _l("This must be a day and time, such as 2026-11-21 14:30."),
    "long": _l("This is too long."),
    "email": _l("This is not an e-mail address."),
    "emails": _l("These are several e-mail addresses. Write one in a cell."),
    "phone": _l("This is not a phone number."),
    "garbled": _l("A byte of this cell is no letter in the file's encoding. Write the cell again."),
    "formula": _l("A spreadsheet has no value here: an error, or a formula that was never computed."),
    "cut": _l("The spreadsheet cut this number. Format the column as text, and enter it again."),
    "decimal": _l("A spreadsheet wrote this ID as a fraction. Format the column as text, and enter it again."),
    "unseen": _l("Signs that nobody sees stand in this ID. Write it again."),
}


def words_among(codes: Mapping[str, LazyString], code: str) -> str:
    """Say a problem: in the words of its page, of records of any kind, or of forms."""
    found = codes.get(code) or OF_ANY.get(code) or SAID.get(code)
    return str(found) if found and "%(" not in str(found) else _("This does not fit.")


def problems_as_csv(name: str, batch: RecordImport, words_of: Callable[[str], str]) -> Response:
    """Give the rows that are left out, and those that are worth a look, with why."""
    lines = [(row, what, words_of(code), _("left out")) for row, what, code in batch.problems]
    lines += [(row, what, words_of(code), _("sent")) for row, what, code in batch.warnings]
    return csv_answer(f"{name}-{batch.key}", [_("Row"), _("Field"), _("Problem"), _("Outcome")], lines)
