"""Why a row is not sent, in words."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

WORDS = {
    "nobody": _l("No e-mail, phone or ID: REES46 would not know whom it is about."),
    "wide": _l("The row has more cells than there are columns."),
    "email": _l("This is not an e-mail address."),
    "phone": _l("This is not a phone number."),
    "garbled": _l("A byte of this cell is no letter in the file's encoding. Write the cell again."),
    "emails": _l("These are several e-mail addresses. Write one in a cell."),
    "cut": _l("The spreadsheet cut this number. Format the column as text, and enter it again."),
    "number": _l("This is not a whole number."),
    "whole": _l("This is not a whole number."),
    "either": _l("This may be thousands or a fraction. Write 1240 or 1.24, with no separator of thousands."),
    "future": _l("This day is still to come."),
    "age": _l("This is not an age."),
    "day": _l("This is not a date such as 1990-05-31 or 31.05.1990."),
    "flag": _l("This is neither yes nor no."),
    "gender": _l("This is neither m nor f."),
    "long": _l("This is longer than 255 characters."),
    "takeover": _l(
        "This would change who a customer of REES46 is: they have another e-mail, phone or ID of this kind. "
        "Leave it out of the row, or change it on the customer's page."
    ),
    "two": _l("Its identifiers belong to two different customers of REES46."),
}


def in_words(fault: dict[str, Any]) -> str:
    """One fault of a row: the column it is in, and what is wrong there."""
    if fault["code"] == "twice":
        return _("The same customer stands in row %(row)s already.", row=fault["row"])
    said = str(WORDS[fault["code"]])
    return f"{fault['column']}: {said}" if fault.get("column") else said
