"""What REES46 knows of a contact that leads to nobody: whether it bounced, was suppressed or unsubscribed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.rees46.errors import Rees46Error
from app.rees46.subscriptions import Change, Changes, Check
from app.store.base import now
from app.web.customers.consent_events import event_of
from app.web.rees46 import ask

if TYPE_CHECKING:
    from app.rees46.subscriptions import Status
    from app.web.customers.parse import Reading

LOOKS_BACK = timedelta(days=3 * 365)
STOPS = ("email_bounced", "email_blacklisted", "email_suppressed", "email_invalid")


@dataclass(frozen=True)
class ContactState:
    """A contact, why nothing is sent to it, and the newest change of consent."""

    reading: Reading
    stops: tuple[str, ...]
    last: Change | None

    @property
    def event(self) -> str:
        """What the newest change was, in words."""
        return event_of(self.last.event) if self.last else ""


def stops_of(status: Status) -> tuple[str, ...]:
    """Say why no e-mail goes to an address."""
    words = (
        _("Hard bounce: the address does not exist, and REES46 never uses it again."),
        _("Blacklisted: a mail provider blocks the address; nothing is sent."),
        _("Suppressed: after a complaint, or by an import; nothing is sent."),
        _("Invalid or disposable address; nothing is sent."),
    )
    return tuple(told for flag, told in zip(STOPS, words, strict=True) if getattr(status, flag))


def state_of(reading: Reading) -> ContactState | None:
    """Ask what is known of a contact; None when nothing is, or when REES46 does not say."""
    try:
        stops = stops_of(ask(Check(email=reading.value))) if reading.kind == "email" else ()
        since = now().date() - LOOKS_BACK
        changes = [one for one in ask(Changes(**reading.identity, from_=since, limit=20)) if is_of(one, reading)]
    except Rees46Error:
        return None
    return ContactState(reading, stops, changes[0] if changes else None) if stops or changes else None


def is_of(change: Change, reading: Reading) -> bool:
    """An older REES46 ignores the filter by contact and gives everybody's changes."""
    if reading.kind == "email":
        return change.contact_type == "email" and change.contact.lower() == reading.value.lower()
    return change.contact_type == "sms" and digits(change.contact) == digits(reading.value)


def digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())
