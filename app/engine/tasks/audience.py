"""Importing an audience: customers made or updated, their consents changed, put into a segment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.engine.jobs.parse_elements import owned, reads
from app.engine.jobs.registry import Remark, Row, job
from app.engine.store import consents
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.devices import device_of_token, register_token
from app.engine.store.identity import give_device
from app.engine.store.profiles import describe
from app.engine.store.segments import STATIC, put, segment_of
from app.engine.store.subscription_log import Source
from app.rees46.imports import Person
from app.rees46.subscriptions import ALL_FLAGS

KEPT_OFF = "Saved, but e-mail stays off: the address is on the do-not-use list"

HALF_SAID = "Saved without the token: mobile_token and mobile_token_platform go together"
IMPORT = Source("import")

Known = list[tuple[Row[Person], Customer]]


@job("audience", check=reads(Person, extra="allow"))
def save(db: Db, about: Mapping[str, Any], rows: Sequence[Row[Person]]) -> list[Remark]:
    """Save the people of a part."""
    known, purged = owned(db, rows)
    for row, customer in known:
        describe(customer, row.value, row.value.custom())
        customer.middle_name = row.value.middle_name or customer.middle_name
    db.flush()
    return purged + _tokens(db, known) + _consent(db, known) + _put(db, about.get("segment_id"), known)


def _tokens(db: Db, known: Known) -> list[Remark]:
    """Attach tokens of apps, each to a device of its own: an import knows no device IDs."""
    remarks = []
    for row, customer in known:
        token, platform = row.value.mobile_token, row.value.mobile_token_platform
        if token and platform:
            device = device_of_token(db, token)
            give_device(db, device, customer)
            register_token(db, device, token, platform, IMPORT)
        elif token or platform:
            remarks.append(Remark(row.place, HALF_SAID))
    return remarks


def _consent(db: Db, known: Known) -> list[Remark]:
    wishes = [(customer, row.value.model_dump(include=set(ALL_FLAGS), exclude_none=True)) for row, customer in known]
    kept_off = {customer.id for customer in consents.change(db, wishes, IMPORT)}
    return [
        Remark(row.place, KEPT_OFF)
        for (row, customer), (_, flags) in zip(known, wishes, strict=True)
        if customer.id in kept_off and any(is_on and flag.startswith("email_") for flag, is_on in flags.items())
    ]


def _put(db: Db, number: str | None, known: Known) -> list[Remark]:
    """Put them into the segment; where there is none the people are saved all the same, as REES46 does."""
    if number is None:
        return []
    segment = segment_of(db, number)
    if segment is None or segment.kind != STATIC:
        why = "There is no such segment" if segment is None else "The segment follows a rule"
        return [Remark(None, f"{why}: the people were saved, but put into no segment")]
    put(db, segment, [customer.id for _, customer in known])
    return []
