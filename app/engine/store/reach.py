"""Which channels reach a customer, at which address, and why the others do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from app.engine.store import suppressions
from app.engine.store.consents import flags_of
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.devices import Device, PushToken

# The cheapest first: a push costs nothing and a web push is there at once on the screen people sit at, an e-mail costs
# a fraction of a cent, an SMS cents.
CHANNELS = ("web_push", "mobile_push", "email", "sms")
CONTACTS = {"email": "email", "sms": "phone"}
PUSH = {"web_push": "web", "mobile_push": "mobile"}


@dataclass(frozen=True)
class Reach:
    """A channel with the address it leads to, or with the reason why it does not."""

    channel: str
    recipient: str = ""
    why_not: str = ""


def reach(db: Db, customer: Customer, keys: Mapping[str, str], campaign_type: str = "transactional") -> list[Reach]:
    """Go through the channels, the cheapest first. `keys` of the call come before those of the profile.

    A transactional message needs no yes, but a no is respected, and so is the do-not-use list. An address that looks
    wrong is tried all the same: the box delivers into its outbox.
    """
    flags = flags_of(db, [customer.id]).get(customer.id, {})
    tokens = _tokens(db, customer)
    found = []
    for channel in CHANNELS:
        kind = CONTACTS.get(channel, "")
        recipient = keys.get(kind) or customer.main(kind) if kind else tokens.get(PUSH[channel])
        if not recipient:
            found.append(Reach(channel, why_not=f"no {kind or 'token'}"))
        elif flags.get(f"{channel}_{campaign_type}") is False:
            found.append(Reach(channel, why_not="unsubscribed"))
        elif barred := _barred(db, channel, recipient):
            found.append(Reach(channel, why_not=barred))
        else:
            found.append(Reach(channel, recipient))
    return found


def _tokens(db: Db, customer: Customer) -> dict[str, str]:
    """Give the newest token of each kind."""
    held = (
        select(PushToken.kind, PushToken.token)
        .join(Device, PushToken.device_id == Device.id)
        .where(Device.customer_id == customer.id)
        .order_by(PushToken.id)
    )
    return {kind: token for kind, token in db.execute(held)}  # noqa: C416  # rows of two, not pairs


def _barred(db: Db, channel: str, recipient: str) -> str:
    if channel in PUSH:
        return ""
    return ", ".join(sorted(suppressions.reasons(db, [recipient], channel).get(recipient, ())))
