"""What the history shows of each message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.web.customers.columns import customer_picks
from app.web.filters import phone
from app.web.sign_in.access import may
from app.web.tables.columns import Address, Column, macro, mono, once_for, when_column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.store.campaigns import Campaign
    from app.store.customers import KnownCustomer
    from app.store.recipients import Recipient
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


def campaign_columns() -> list[Column[Campaign]]:
    """What the register shows of each campaign."""
    campaign_at, parts = Address("messages.campaign", "number"), "messages/_macros.html"
    kind, copy, test = macro(parts, "kind_word"), macro(parts, "copy_badge"), macro(parts, "test_button")
    may_write = may("messages.write")

    def act(campaign: Campaign) -> object:
        return test(campaign.id) if campaign.active and may_write else ""

    return [
        Column(_l("Name"), lambda campaign: campaign_at.link(campaign.id, campaign.name), at="name"),
        Column(_l("Code"), lambda campaign: mono(campaign.code), at="note"),
        Column(_l("Kind"), once_for(lambda campaign: campaign.kind, lambda campaign: kind(campaign.kind)), kind="soft"),
        Column(_l("Variables"), lambda campaign: ", ".join(campaign.variables) or "–", kind="cut"),
        Column(_l("Text"), once_for(lambda campaign: (campaign.active, bool(campaign.templates)), copy), at="when"),
        Column(_l("Act"), act, at="figure", kind="actions", in_file=False),
    ]


def recipient_columns() -> list[Column[Recipient]]:
    """What the list of test recipients shows of each."""
    remove, may_remove = macro("messages/_macros.html", "remove_button"), may("messages.remove_recipient")
    return [
        Column(_l("Whose"), lambda one: one.whose, at="name"),
        Column(
            _l("Address"), lambda one: phone(one.value) if one.kind == "phone" else one.value, at="note", kind="cut"
        ),
        Column(_l("Added by"), lambda one: one.added_by, kind="soft"),
        when_column(lambda one: one.created, _l("Added")),
        Column(_l("Act"), lambda one: remove(one) if may_remove else "", at="figure", kind="actions", in_file=False),
    ]
