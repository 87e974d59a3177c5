"""Starting visits."""

from __future__ import annotations

import secrets
import string
from typing import Any

from app.engine.answers import answers
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.devices import device_found_or_made, start_visit
from app.rees46 import sessions

ALPHABET = string.ascii_letters + string.digits
LENGTH = 16
# What SDKs of newer installations read from here; the box has no widgets of its own to show.
NOT_OFFERED: dict[str, Any] = {
    "email_collector": False,
    "recommendations": True,
    "lazy_load": False,
    "auto_css_recommender": False,
    "cms": None,
    "search": {"enabled": True, "landing": None, "type": "full_search", "settings": {}},
    "popup": None,
    "web_push_settings": None,
    "recone": False,
}


@answers
def init(db: Db, op: sessions.Init) -> sessions.Started:
    """Confirm the device it was given, for SDKs must get back the very did they sent, or name a new one."""
    device = device_found_or_made(db, op.did or _new_name())
    device.seen = db.now
    seance = op.seance or _new_name()
    start_visit(db, device, seance, stream=op.stream, referrer=op.referrer, tz=op.tz)
    owner = db.get(Customer, device.customer_id) if device.customer_id else None
    return sessions.Started(
        did=device.did,
        seance=seance,
        sid=seance,
        currency=db.shop.currency,
        has_email=bool(owner and owner.email),
        snippets=[],
        **NOT_OFFERED,
    )


def _new_name() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
