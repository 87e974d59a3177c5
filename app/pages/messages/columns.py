"""What the history shows of each message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.web.customers.columns import customer_picks
from app.web.filters import phone
from app.web.tables.columns import Address, Column, macro, mono, once_for, when_column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.store.customers import KnownCustomer
    from app.store.sends import Send


def columns(people: Mapping[int, KnownCustomer]) -> list[Column[Send]]:
    """Which campaign, to whom, and what became of it."""
    message_at = Address("messages.show", "number")
    badge, kind = macro("messages/_macros.html", "state_badge"), macro("messages/_macros.html", "kind_word")

    def name(send: Send) -> object:
        return message_at.link(send.id, send.campaign_name or send.campaign)

    return [
        *customer_picks(lambda send: people.get(send.recipient_id)),
        Column(_l("Campaign"), name, at="name"),
        Column(_l("Recipient"), recipient, at="note", kind="cut"),
        Column(_l("Kind"), once_for(lambda send: send.kind, lambda send: kind(send.kind)), kind="soft"),
        Column(_l("Code"), lambda send: mono(send.campaign), kind="soft"),
        Column(_l("Outcome"), once_for(lambda send: send.state, badge), at="figure"),
        Column(_l("By"), lambda send: send.person),
        when_column(lambda send: send.at),
    ]


def few_columns() -> list[Column[Send]]:
    """What there is room for on a customer's page."""
    return [column for column in columns({}) if column.at in {"name", "figure", "when"}]


def recipient(send: Send) -> object:
    """To whom: all identifiers that the message was sent to."""
    said = [phone(value) if kind == "phone" else value for kind, value in send.who.items()]
    return Markup(" · ").join(said) if len(said) > 1 else (said[0] if said else "–")
