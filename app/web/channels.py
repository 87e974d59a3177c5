"""Channels that a shop has or has not: an administrator ticks them, since the API does not tell."""

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
CHANNELS = {channel: NAMES[channel] for channel in MORE_CHANNELS}
