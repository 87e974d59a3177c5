"""What the lists of bonus accounts show: of each member, and of each import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.web.filters import number
from app.web.moments import day
from app.web.records.columns import record_columns
from app.web.tables.columns import Address, Column

if TYPE_CHECKING:
    from app.pages.bonus_accounts.members import Member
    from app.store.record_imports import RecordImport


def columns() -> list[Column[Member]]:
    """Whose account it is, and how it stood in the file."""
    customer_at, loyalty_of, history = Address("customers.show", "key"), Address("loyalty.of", "key"), _("History")
    return [
        Column(
            _l("Customer"),
            lambda one: customer_at.link(one.customer.key, one.customer.name or one.contact),
            at="name",
            text=lambda one: one.customer.name or one.contact,
        ),
        Column(
            _l("Balance"), lambda one: number(one.balance), at="figure", kind="number", text=lambda one: one.balance
        ),
        Column(_l("Level"), lambda one: one.statement.current_status or "–", at="note"),
        Column(
            _l("Ends"),
            lambda one: day(one.statement.expiration) if one.statement.expiration else "–",
            at="when",
            kind="soft",
            text=lambda one: one.statement.expiration or "",
        ),
        Column(_l("Actions"), lambda one: loyalty_of.link(one.customer.key, history), kind="actions", in_file=False),
    ]


def import_columns() -> list[Column[RecordImport]]:
    """What was brought, how many accounts it was, and their balances in all."""
    return record_columns(
        "bonus_accounts.show",
        Column(_l("Accounts"), lambda batch: number(batch.rows), at="note", kind="number"),
        Column(_l("Balance"), lambda batch: number((batch.figures.get("sums") or {}).get("balance")), kind="number"),
    )
