"""What the list of approvals shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.web.safeguards.approval_rules import label_of
from app.web.tables.columns import Address, Column, macro, when_column

if TYPE_CHECKING:
    from app.store.approvals import Approval


def columns() -> list[Column[Approval]]:
    """What is asked, by whom, until when, and who decided how."""
    state, place = macro("approvals/_state.html", "approval_state"), Address("approvals.show", "key")
    return [
        Column(_l("What"), lambda one: place.link(one.key, str(label_of(one.rule))), at="name", kind="cut"),
        Column(_l("State"), state, at="figure", text=lambda one: one.state),
        Column(_l("Asked by"), lambda one: one.person, at="note"),
        when_column(lambda one: one.at, _l("Asked")),
        when_column(lambda one: one.until if one.state == "open" else None, _l("Ends"), at=""),
        Column(_l("Decided by"), lambda one: one.by or "–"),
    ]
