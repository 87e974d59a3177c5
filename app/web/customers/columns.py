"""Customers in lists: who it is, and the box by which many are chosen for a bulk act."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.web.customers.keys import identity_of
from app.web.sign_in.access import may
from app.web.tables.columns import Address, Column, Place, pick_column

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

    from app.store.customers import KnownCustomer

Whose = Callable[[Any], "KnownCustomer | None"]


def customer_column(
    whose: Whose, label: LazyString | None = None, *, at: Place = "note", nobody: str = "–"
) -> Column[Any]:
    """The customer of a row, by name or by what is known of them, and the way to their page."""
    page_of = Address("customers.show", "key")

    def link(row: Any) -> object:
        customer = whose(row)
        return page_of.link(customer.key, named(customer)) if customer else nobody

    return Column(label or _l("Customer"), link, at=at)


def customer_picks(whose: Whose) -> list[Column[Any]]:
    """The boxes for `bulk_bar`; none for people who may not change many."""
    if not may("bulk.choose"):
        return []

    def key(row: Any) -> str:
        customer = whose(row)
        return customer.key if customer else ""

    def words(row: Any) -> str:
        customer = whose(row)
        return (customer.name if customer else "") or _("a customer without a name")

    return [pick_column("customer", key, words, "bulk")]


def named(customer: KnownCustomer) -> str:
    return customer.name or identity_of(customer)
