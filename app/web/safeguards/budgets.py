"""Keeping to budgets: what a person does is counted, and what goes beyond the budget of their role is refused.

Acts are counted where they are written down (`charge`, at the same doors as app/web/safeguards/second_person.py),
files and opened customers where they leave (`spend`). A second person may let somebody go beyond it for an hour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.store import budgets
from app.store.budgets import Kind
from app.web.context import desk
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString
    from sqlalchemy.orm import Session

    from app.store.acts import Act

LABELS: dict[Kind, LazyString] = {
    Kind.PROFILES: _l("Customers opened an hour"),
    Kind.BULK_ROWS: _l("Rows of bulk acts a day"),
    Kind.EXPORTED: _l("Exported rows a day"),
    Kind.REVEALS: _l("Contacts shown a day"),
    Kind.MESSAGES: _l("Test messages a day"),
    Kind.LOOKED_UP: _l("Lines of lists looked up a day"),
}
MESSAGES = {"messages.Sms", "messages.Multi", "messages.Transact"}
NUMBERS = {"bulk.Run": (Kind.BULK_ROWS, "customers"), "tests.Run": (Kind.MESSAGES, "messages")}


class OverBudget(Exception):
    """It would go beyond the budget of the role. Nothing was done."""

    def __init__(self, kind: Kind, most: int) -> None:
        super().__init__("over the budget")
        self.kind, self.most = kind, most


def charge(db: Session, act: Act) -> None:
    """Count an act, in the transaction that writes it down; parts of a whole were counted with it."""
    for kind, number in _costs(act):
        spend(db, kind, number)


def _costs(act: Act) -> list[tuple[Kind, int]]:
    if act.parent_id is not None:
        return []
    if act.what == "customers.Reveal":
        return [(Kind.REVEALS, 1)]
    if act.what in MESSAGES:
        return [(Kind.MESSAGES, 1)]
    kind, name = NUMBERS.get(act.what, (Kind.BULK_ROWS, ""))
    number = act.asked.get(name) or 0
    messages = [(Kind.MESSAGES, number)] if str(act.asked.get("what", "")).startswith("messages.") else []
    return [(kind, number), *messages] if number else []


def spend(db: Session, kind: Kind, number: int) -> None:
    """Count what whoever is here does; OverBudget undoes the transaction."""
    person = me()
    used, most = budgets.count(db, person.id, person.role_here, kind, number)
    if used > most and not budgets.is_allowed(db, person.id, kind):
        raise OverBudget(kind, most)


def spend_now(kind: Kind, number: int) -> None:
    """Count it in a transaction of its own."""
    if number:
        with desk().writing() as db:
            spend(db, kind, number)
