"""What a check of bonus accounts found, in words."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.web.records.problems import words_among

CODES = {
    "again": _l("This account stands in the file before; the last one counts."),
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
    return words_among(CODES, code)
