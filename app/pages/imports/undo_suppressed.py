"""Undoing a list of suppressed addresses, as far as it can be: no call of REES46 lifts a suppression, its support does.

So what was on before is kept with the review. Undoing names it for each address; where the suppression was lifted
meanwhile, what was on is turned on again.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import vault
from app.pages.imports.changes import label_of
from app.pages.imports.known import find, people
from app.pages.imports.undo import write_back
from app.rees46.subscriptions import TYPES, Check
from app.web.context import settings
from app.web.customers.contact_state import stops_of
from app.web.page import MARKETERS
from app.web.rees46 import ask
from app.work.bulk import BulkKind, Verdict, bulk_kind, one_by_one

if TYPE_CHECKING:
    from app.pages.imports.elements import Element
    from app.pages.imports.known import Owners
    from app.store.bulks import Bulk, BulkRow

KIND = "imports.undo_suppressed"
AT_ONCE = 20  # addresses in one call; in the dry run each of them is asked about
FLAGS = tuple(f"email_{kind}" for kind in TYPES)


def kept_of(element: Element, owners: Owners) -> dict[str, Any]:
    """What is kept of an address: whether REES46 knew somebody with it, and which kinds of e-mail were on."""
    kind, value = element.key
    owner = next(iter(people(element, owners)), None)
    on = [flag for flag in FLAGS if owner and getattr(owner, flag)]
    return {"kind": kind, "value": value, "new": owner is None, "on": on}


def _look(_bulk: Bulk, row: BulkRow) -> Verdict:
    kept = json.loads(vault.unlock(row.details or "", settings().key))
    flags = ", ".join(label_of(flag) for flag in kept["on"])
    before = _("On before: %(flags)s.", flags=flags) if flags else _("No e-mail was on before.")
    if stops := stops_of(ask(Check(email=kept["value"]))):
        lifts = _("No call of REES46 lifts that, only its support does.")
        return Verdict("refused", " ".join((*stops, lifts, before)), row.details)
    if kept["new"]:
        return Verdict("same", _("Not suppressed any more; REES46 knew nobody with this address."), row.details)
    owner = find({"email": [kept["value"]]}).get(("email", kept["value"]))
    if owner is None:
        return Verdict("refused", _("REES46 does not know them any more."), row.details)
    back = {flag: True for flag in kept["on"] if getattr(owner, flag) is False}
    if not back:
        return Verdict("same", _("Nothing to turn on again. %(before)s", before=before), row.details)
    said = _("Not suppressed any more. Turned on again: %(flags)s.", flags=", ".join(map(label_of, back)))
    return Verdict("change", said, vault.lock(json.dumps(kept | {"back": back}), settings().key))


bulk_kind(
    KIND,
    BulkKind(
        _l("Undo a list of suppressed addresses"),
        MARKETERS,
        None,
        check=one_by_one(_look),
        make=write_back,
        words=lambda bulk: _("Import of %(moment)s", moment=bulk.asked["at"]),
        in_a_call=AT_ONCE,
    ),
)
