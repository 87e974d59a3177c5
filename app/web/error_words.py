"""What went wrong in words: what happened, whether anything was changed, and what to do."""

from __future__ import annotations

from flask_babel import gettext as _

from app.rees46.errors import Garbled, NotAllowed, NotFound, NotPublic, Rees46Error, Refused, TooMany
from app.web.calls.pacing import Paced
from app.web.safeguards.brakes import Braked


class Failure(dict[str, str]):
    """What went wrong in words, and the status of a page that goes without what it wanted to read."""

    status: int


def in_words(error: Rees46Error) -> Failure:
    """Say what happened, whether anything was changed and what to do, for a page, a panel or a message."""
    failure = Failure(happened=_happened(error), changed=_changed(error), advice=_advice(error))
    failure.status = _status(error)
    return failure


def _status(error: Rees46Error) -> int:
    """Tell what an address asks for that REES46 has not from a server that does not answer it now."""
    if not isinstance(error, Refused) or isinstance(error, NotAllowed | TooMany):
        return 502
    return 404 if isinstance(error, NotFound) else 422


def _happened(error: Rees46Error) -> str:
    if isinstance(error, Refused):
        return _refused(error)
    if isinstance(error, Garbled):
        return _("REES46 answered something that does not belong to %(operation)s.", operation=error.operation)
    if isinstance(error, NotPublic):
        return _("The address of this shop's REES46 is not a public one. Nothing was sent to it.")
    if error.status:
        return _("REES46 is not available now (status %(status)s).", status=error.status)
    return _("REES46 did not answer.")


def _refused(error: Refused) -> str:
    if isinstance(error, Braked):
        return error.message
    if isinstance(error, NotAllowed):
        return _("REES46 does not accept the keys of this shop: %(message)s", message=error.message)
    if isinstance(error, Paced):
        return _("REES46 takes no more of these for now.")
    if isinstance(error, TooMany):
        return _("REES46 says: too many requests.")
    return _("REES46 refused: %(message)s", message=error.message)


def _changed(error: Rees46Error) -> str:
    if error.changed == "no":
        return _("Nothing was changed.")
    return _("We do not know whether it was changed.")


def _advice(error: Rees46Error) -> str:
    if isinstance(error, NotAllowed):
        return _("Ask an administrator to check the keys under Shops.")
    if isinstance(error, NotPublic):
        return _("Correct the address under Shops, or let whoever runs Desk46 set DESK46_PRIVATE_SHOPS.")
    if isinstance(error, TooMany):
        return _("Wait %(seconds)s s and try again.", seconds=round(error.retry_after) or 60)
    if isinstance(error, Refused):
        return _("Correct it and try again.")
    if error.changed == "maybe":
        return _("Look before you try again: it may have happened.")
    return _("It is safe to try again.")
