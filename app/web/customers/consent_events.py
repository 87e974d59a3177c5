"""The words of REES46 for what happens to a consent, and ours beside them (rees46.md#subscription-log)."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

EVENTS = {
    "subscribe": _l("Subscribed"),
    "unsubscribe": _l("Unsubscribed"),
    "hard_bounced": _l("Hard bounce"),
    "complained": _l("Complaint"),
    "blacklisted": _l("Blacklisted"),
}
SYNONYMS = {"email_processing": "email_feedback_processing", "unsubscribed": "unsubscribe"}


def event_of(event: str) -> str:
    known = SYNONYMS.get(event, event)
    return str(EVENTS.get(known, event))
