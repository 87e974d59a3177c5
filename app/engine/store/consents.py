"""Consents: which kinds of message a customer agreed to get over which channel."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store import suppressions
from app.engine.store.base import Base, OfShop
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.devices import last_dids
from app.engine.store.subscription_log import TYPES, Happened, Source, log

# The key of a customer that each channel writes to; pushes go to a device.
CONTACTS = {
    "email": "email",
    "sms": "phone",
    "telegram": "telegram_id",
    "whatsapp": "phone",
    "max": "phone",
    "wallet": "phone",
}
LOGGED_AS = {"web_push": "wpush", "mobile_push": "mpush"}  # what the log of changes calls a channel
Flags = Mapping[str, bool]  # by name: email_bulk, sms_chain, …


class Consent(OfShop, Base):
    """A yes or a no to one type of message over one channel; no row: never asked."""

    __tablename__ = "consents"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16), primary_key=True)  # email, sms, web_push, telegram, …
    campaign_type: Mapped[str] = mapped_column(String(16), primary_key=True)  # bulk, chain, transactional
    is_on: Mapped[bool]
    changed: Mapped[datetime]


@dataclass
class _Changes:
    """What is to be written."""

    new: list[dict[str, Any]] = field(default_factory=list)
    turned: list[dict[str, Any]] = field(default_factory=list)
    log: list[Happened] = field(default_factory=list)
    kept_off: list[Customer] = field(default_factory=list)


def flags_of(db: Db, customers: Iterable[int]) -> dict[int, dict[str, bool]]:
    """Give the consents of some customers, by flag; what was never asked is left out."""
    flags: dict[int, dict[str, bool]] = {}
    for consent in db.scalars(select(Consent).where(Consent.customer_id.in_(set(customers)))):
        flags.setdefault(consent.customer_id, {})[f"{consent.channel}_{consent.campaign_type}"] = consent.is_on
    return flags


def change(db: Db, wishes: Sequence[tuple[Customer, Flags]], source: Source) -> list[Customer]:
    """Turn consents on and off and log what really changed.

    Gives the customers some of whose e-mail stays off because their address is on the do-not-use list.
    """
    known = flags_of(db, [customer.id for customer, _ in wishes])
    barred = suppressions.reasons(db, [email for customer, _ in wishes if (email := customer.email)])
    changes = _Changes()
    for customer, flags in wishes:
        has = known.setdefault(customer.id, {})
        for flag, is_on in flags.items():
            if is_on and flag.startswith("email_") and customer.email in barred:
                changes.kept_off.append(customer)
            elif has.get(flag) is not is_on:
                _note(db, changes, customer, flag, is_new=flag not in has, is_on=is_on)
                has[flag] = is_on
    _write(db, changes, source)
    return changes.kept_off


def turn_off_silently(db: Db, customer: Customer, channel: str) -> None:
    """Turn everything over a channel off where the log says why in words of its own."""
    off = {"is_on": False, "changed": db.now}
    known = {flag for flag in flags_of(db, [customer.id]).get(customer.id, {}) if flag.startswith(f"{channel}_")}
    mine = Consent.customer_id == customer.id, Consent.channel == channel
    db.execute(update(Consent).where(*mine, Consent.is_on).values(off))
    new = [kind for kind in TYPES if f"{channel}_{kind}" not in known]
    row = {"shop_id": db.shop.id, "customer_id": customer.id, "channel": channel} | off
    if new:
        db.execute(insert(Consent), [row | {"campaign_type": kind} for kind in new])


def _note(db: Db, changes: _Changes, customer: Customer, flag: str, *, is_new: bool, is_on: bool) -> None:
    channel, _, campaign_type = flag.rpartition("_")
    row = {"customer_id": customer.id, "channel": channel, "campaign_type": campaign_type}
    row |= {"shop_id": db.shop.id, "is_on": is_on, "changed": db.now}
    (changes.new if is_new else changes.turned).append(row)
    if contact := _contact(db, customer, channel):
        event = "subscribe" if is_on else "unsubscribe"
        changes.log.append(Happened(LOGGED_AS.get(channel, channel), contact, campaign_type, event))


def _contact(db: Db, customer: Customer, channel: str) -> str | None:
    if channel in LOGGED_AS:
        return last_dids(db, [customer.id]).get(customer.id)
    return customer.main(CONTACTS[channel])


def _write(db: Db, changes: _Changes, source: Source) -> None:
    if changes.new:
        db.execute(insert(Consent), changes.new)
    if changes.turned:
        db.execute(update(Consent), changes.turned)
    log(db, changes.log, source)
