"""Why a row is not sent, in words."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.imports.holds import left_out_by

IN_A_SENTENCE = {
    "email": _l("e-mail address"),
    "phone": _l("phone number"),
    "external_id": _l("ID in the shop"),
    "loyalty_id": _l("loyalty ID"),
    "telegram_id": _l("Telegram ID"),
}
WORDS = {
    "nobody": _l("No e-mail, phone or ID: REES46 would not know whom it is about."),
    "wide": _l("The row has more cells than there are columns."),
    "email": _l("This is not an e-mail address."),
    "phone": _l("This is not a phone number."),
    "garbled": _l("A byte of this cell is no letter in the file's encoding. Write the cell again."),
    "emails": _l("These are several e-mail addresses. Write one in a cell."),
    "cut": _l("The spreadsheet cut this number. Format the column as text, and enter it again."),
    "number": _l("This is not a number."),
    "either": _l("This may be thousands or a fraction. Write 1240 or 1.24, with no separator of thousands."),
    "decimal": _l("A spreadsheet wrote this ID as a fraction. Format the column as text, and enter it again."),
    "unseen": _l("Signs that nobody sees stand in this ID. Write it again."),
    "moment": _l("This is a moment, and another day elsewhere. Write the day alone."),
    "formula": _l("A spreadsheet has no value here: an error, or a formula that was never computed."),
    "fraction": _l("REES46 keeps whole numbers here, so a fraction is not sent. Write a whole number."),
    "order": _l("This may be two days: say which stands first, the day or the month, in the choice of the column."),
    "future": _l("This day is still to come."),
    "age": _l("This is not an age."),
    "day": _l("This is not a date such as 1990-05-31 or 31.05.1990."),
    "flag": _l("This is neither yes nor no."),
    "gender": _l("This is neither m nor f."),
    "long": _l("This is longer than 255 characters."),
    "takeover": _l("This would change who a customer of REES46 is: they have another %(fields)s."),
    "gains": _l("Somebody whom REES46 knows by this phone alone would get this %(fields)s."),
    "two": _l("Its identifiers belong to two different customers of REES46."),
}
CHOICES = {
    ("leave", ""): _l("Leave the row out"),
    ("send", "twice"): _l("Send it too: they are one customer"),
    ("send", "same"): _l("Send it too: they are one customer"),
    ("send", "takeover"): _l("The same customer: change their %(fields)s"),
    ("send", "gains"): _l("The same customer: give them this %(fields)s"),
    ("without", "gains"): _l("Another customer: send it without %(fields)s"),
    ("keep", "gains"): _l("The same customer: send it without %(fields)s"),
    ("send", "two"): _l("Send it as it stands: REES46 may make one of the two"),
    ("without", "twice"): _l("Another customer: send it without %(fields)s"),
    ("without", "takeover"): _l("Another customer: send it without %(fields)s"),
    ("without", "two"): _l("The first of the two: send it without %(fields)s"),
    ("keep", "takeover"): _l("The same customer: send it without %(fields)s"),
    ("keep", "two"): _l("The second of the two: send it without %(fields)s"),
}


def in_words(fault: dict[str, Any]) -> str:
    """One fault of a row: the column it is in, and what is wrong there."""
    if fault["code"] == "twice":
        return _("The same customer stands in row %(row)s already.", row=fault["row"])
    if fault["code"] == "same":
        return _("By another identifier this is the customer of row %(row)s.", row=fault["row"])
    said = str(WORDS[fault["code"]]) % {"fields": labels(fault.get("kinds", []))}
    about = ", ".join(filter(None, (fault.get("column"), fault.get("part") and f"“{fault['part']}”")))
    return f"{about}: {said}" if about else said


def choice(decision: str, holds: list[dict[str, Any]]) -> str:
    """What may be decided about a row that is held back."""
    code = "" if decision == "leave" else holds[0]["code"]
    changed = holds[0].get("kinds", []) if decision == "send" else left_out_by(holds, decision)
    return str(CHOICES[decision, code]) % {"fields": labels(changed)}


def labels(kinds: list[str]) -> str:
    """The names of identifiers, for the middle of a sentence."""
    return ", ".join(str(IN_A_SENTENCE[kind]) for kind in kinds)
