"""The words for channels and kinds of messages. An administrator ticks which a shop has."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.rees46.subscriptions import MORE_CHANNELS

NAMES = {
    "web_push": _l("Web push"),
    "mobile_push": _l("Mobile push"),
    "telegram": _l("Telegram"),
    "whatsapp": _l("WhatsApp"),
    "max": _l("MAX"),
    "wallet": _l("Wallet"),
}
TICKED = {channel: NAMES[channel] for channel in MORE_CHANNELS}
CHANNELS = {"email": _l("E-mail"), "sms": _l("SMS"), **TICKED}
PUSHES = ("web_push", "mobile_push")
KINDS = {"bulk": _l("Bulk"), "chain": _l("Triggered"), "transactional": _l("Transactional")}
