"""Subscribing or unsubscribing many: what a customer turned off themselves is never turned on by the hundred."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import vault
from app.pages.subscriptions.forms import ManyForm
from app.pages.subscriptions.words import flag_of
from app.rees46.subscriptions import Check, Manage
from app.web.context import settings
from app.web.page import STAFF
from app.web.rees46 import ask
from app.work.bulk import BulkKind, Rows, Verdict, bulk_kind, one_by_one

if TYPE_CHECKING:
    from app.store.bulks import Bulk, BulkRow


def look(bulk: Bulk, row: BulkRow) -> Verdict:
    """Compare what is wanted with what REES46 has; a yes against a customer's own no is refused here."""
    status = ask(Check(**row.customer.identity))
    wanted: dict[str, bool] = bulk.asked["flags"]
    changed = {flag: on for flag, on in wanted.items() if getattr(status, flag, None) is not on}
    overruled = [flag for flag, on in changed.items() if on and getattr(status, flag, None) is False]
    if overruled:
        flags = ", ".join(flag_of(flag) for flag in overruled)
        said = _("They are off, maybe by their own choice: %(flags)s. Change them one by one.", flags=flags)
        return Verdict("refused", said)
    if not changed:
        return Verdict("same", _("It is so already."))
    return Verdict("change", _said(changed), vault.lock(json.dumps(changed), settings().key))


def manage(_bulk: Bulk, rows: Rows) -> Manage:
    changed = json.loads(vault.unlock(rows[0].details or "", settings().key))
    return Manage.from_form({**rows[0].customer.identity, **changed})


def _said(flags: dict[str, bool]) -> str:
    return "; ".join(f"{flag_of(flag)} → {_('on') if on else _('off')}" for flag, on in flags.items())


bulk_kind(
    "subscriptions.many",
    BulkKind(
        _l("Change subscriptions"),
        STAFF,
        ManyForm,
        check=one_by_one(look),
        make=manage,
        words=lambda bulk: _said(bulk.asked["flags"]),
    ),
)
