"""Words for channels and kinds of message, and for what became of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.web.channels import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask_babel.speaklater import LazyString

    from app.rees46.notifications import Notification


@dataclass(frozen=True)
class Sign:
    """A word with the tone and the icon of its badge."""

    text: LazyString | str
    icon: str
    tone: str = "neutral"


CHANNELS = {
    "email": Sign(_l("E-mail"), icon="mail"),
    "sms": Sign(_l("SMS"), icon="message-square-text"),
    "web_push": Sign(NAMES["web_push"], icon="globe"),
    "mobile_push": Sign(NAMES["mobile_push"], icon="smartphone"),
}
TYPES = {
    "bulk": _l("Bulk"),
    "chain": _l("Triggered"),
    "trigger": _l("Triggered"),
    "transactional": _l("Transactional"),
}
# What may become of a message, trouble first.
OUTCOMES = {
    "hard_bounced": Sign(_l("bounced"), icon="ban", tone="danger"),
    "complained": Sign(_l("complained"), icon="octagon-x", tone="danger"),
    "unsubscribed": Sign(_l("unsubscribed"), icon="user-minus", tone="warning"),
    "soft_bounced": Sign(_l("did not arrive this time"), icon="clock", tone="warning"),
    "purchased": Sign(_l("bought"), icon="shopping-bag", tone="success"),
    "clicked": Sign(_l("clicked"), icon="link", tone="info"),
    "opened": Sign(_l("opened"), icon="eye"),
}
COUNTED = tuple(reversed(OUTCOMES))
EVENTS = {"sent": _l("sent"), "delivered": _l("delivered"), "received": _l("delivered"), "closed": _l("closed")}


def channel_of(channel: str | None) -> Sign:
    """Give word and icon of a channel; one that is not known keeps its name."""
    name = channel or ""
    return CHANNELS.get(name) or Sign(NAMES.get(name, name) or _("channel not told"), icon="bell")


def type_name(kind: str) -> str:
    return str(TYPES.get(kind, kind))


def outcomes_of(one: Notification) -> list[Sign]:
    """Say what became of a message; a click says that it was opened, too."""
    if one.statistics is None or not one.statistics.tells(*OUTCOMES):
        return [Sign(_("REES46 did not say what became of it"), icon="circle-question-mark")]
    true = [name for name in OUTCOMES if getattr(one.statistics, name)]
    return [OUTCOMES[name] for name in true if name != "opened" or "clicked" not in true]


def counted(messages: Iterable[Notification]) -> list[str]:
    """Count what became of several messages, in words."""
    known = [message.statistics for message in messages if message.statistics]
    numbers = {name: sum(bool(getattr(each, name)) for each in known) for name in reversed(OUTCOMES)}
    return [f"{OUTCOMES[name].text}: {number}" for name, number in numbers.items() if number]


def event_name(event: str | None) -> str:
    known = OUTCOMES.get(event or "")
    return str(known.text if known else EVENTS.get(event or "", event or "–"))
