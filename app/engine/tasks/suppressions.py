"""Importing addresses that must never be e-mailed again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import select

from app.engine.answers import first_words
from app.engine.jobs.registry import Remark, Row, Unfit, job
from app.engine.store import consents, suppressions
from app.engine.store.contacts import address
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.identity_bulk import owners_of_many
from app.engine.store.subscription_log import TYPES, Source
from app.rees46.values import Email

EMAIL = TypeAdapter(Email)
ALL_OFF = {f"email_{kind}": False for kind in TYPES}


def email_of(element: Any) -> str:
    """Read the address of an element."""
    try:
        return address(EMAIL.validate_python(element.get("email")))
    except ValidationError as wrong:
        raise Unfit(f"email: {first_words(wrong)}") from None


@job("suppressed", check=email_of)
def suppress(db: Db, _about: Mapping[str, Any], rows: Sequence[Row[str]]) -> list[Remark]:
    """Remember the addresses, also those of nobody, and turn all e-mail of their owners off."""
    emails = [row.value for row in rows]
    suppressions.add(db, emails, suppressions.SUPPRESSED)
    owners = set(owners_of_many(db, [{"email": email} for email in emails]).values())
    customers = db.scalars(
        select(Customer).where(Customer.id.in_(owners)).order_by(Customer.id).with_for_update()
    ).all()
    wanted = set(emails)
    theirs = [(customer, ALL_OFF) for customer in customers if customer.email in wanted]
    consents.change(db, theirs, Source("import"))
    return []
