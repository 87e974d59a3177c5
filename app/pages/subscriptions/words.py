"""The words of REES46 for channels, kinds, events and sources (rees46.md#subscription-log), and ours beside them."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.web.channels import CHANNELS, KINDS, NAMES
from app.web.customers.consent_events import SYNONYMS

CONTACTS = {**CHANNELS, "wpush": NAMES["web_push"], "mpush": NAMES["mobile_push"]}
TONES = {
    "subscribe": "success",
    "unsubscribe": "warning",
    "hard_bounced": "danger",
    "complained": "danger",
    "blacklisted": "danger",
}
SOURCES = {
    "api": _l("API: the shop or this desk"),
    "api_callback": _l("Report of a mail server, or by this desk"),
    "auto_collector": _l("Collected on the site"),
    "bulk_sending": _l("Bulk sending"),
    "crm": _l("REES46 cabinet"),
    "email_feedback_processing": _l("Mail provider's feedback"),
    "import": _l("Import of a list"),
    "js_sdk": _l("Website"),
    "mobile_sdk": _l("Mobile app"),
    "popup": _l("Pop-up on the site"),
    "push_attributes": _l("Attributes of an event"),
    "resubscribe_page": _l("Link on the unsubscribe page"),
    "transactional_sending": _l("Transactional sending"),
    "unsubscribe_page": _l("Unsubscribe page"),
}


def source_of(channel: str) -> str:
    """Where a change came from; what we have no word for stays as REES46 says it."""
    known = SYNONYMS.get(channel, channel)
    return str(SOURCES.get(known, channel))


def tone_of(event: str) -> str:
    return TONES.get(SYNONYMS.get(event, event), "neutral")


def flag_of(flag: str) -> str:
    """`email_bulk` in words: E-mail, bulk."""
    channel, _underscore, kind = flag.rpartition("_")
    return _("%(channel)s: %(kind)s", channel=CHANNELS[channel], kind=str(KINDS[kind]).lower())
