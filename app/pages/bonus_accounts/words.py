"""What a check of bonus accounts found, in words."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.web.forms.fields import SAID

CODES = {
    "again": _l("This account stands in the file before; the last one counts."),
    "number": _l("This must be a number."),
    "either": _l("This could be two numbers: write thousands without a sign."),
    "moment": _l("This must be a day and time, such as 2026-11-21 14:30."),
    "long": _l("This is too long."),
    "email": _l("This is not an e-mail address."),
    "phone": _l("This is not a phone number."),
    "parts": _l("What came and went does not make the balance."),
    "negative": _l("The balance is less than nothing."),
    "ended": _l("It ended already, and there is a balance."),
    "identity_needed": _l("It names no customer."),
}
AMOUNTS = {
    "balance": _l("Balance"),
    "total_balance": _l("Balance in all"),
    "total_rewarded": _l("Given"),
    "total_used": _l("Spent"),
    "total_burned": _l("Burned"),
    "total_cancelled": _l("Taken back"),
    "total_inactive": _l("Not active yet"),
}


def words_of(code: str) -> str:
    found = CODES.get(code) or SAID.get(code)
    return str(found) if found and "%(" not in str(found) else _("This does not fit.")
