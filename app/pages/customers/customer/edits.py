"""What was changed of a customer at this desk, and taking it back where the former value can be written again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.customers import page
from app.pages.customers.changes import BLIND, CONTACTS, label_of
from app.pages.customers.forms.attributes import AttributesForm
from app.web.customer_page.changed import BACK
from app.web.customer_page.contributions import Act, Contribution
from app.web.customer_page.sources import contributes
from app.web.customer_page.told_acts import event_of_act
from app.web.sign_in.access import may

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.acts import Act as Done
    from app.web.customer_page.opening import Opening


@contributes(page, title=_l("Edits at this desk"))
def edits(who: Opening, _db: Session) -> Contribution:
    """Tell of edits field by field."""
    form = AttributesForm(formdata=None)

    def called(name: str) -> str:
        return label_of(form, name) if name.startswith("custom.") or name in form else name

    mine = [act for act in who.acts if act.what == "profile.Set"]
    return Contribution(
        events=[event_of_act(act, icon="pencil", label_of=called, act=_undo(who, act)) for act in mine],
    )


def can_undo(act: Done) -> bool:
    """Whether what stood there before can be written back: REES46 cannot empty a field, and gives some not back."""
    before = act.before or {}
    return (
        act.outcome == "done"
        and bool(before)
        and all(text and name not in (*CONTACTS, *BLIND) for name, text in before.items())
    )


def _undo(who: Opening, act: Done) -> Act | None:
    if not may("customers.undo") or not can_undo(act):
        return None
    url = url_for("customers.undo", key=who.customer.key, number=act.id)
    return Act(_("Undo"), url, icon="undo-2", fields=BACK)
