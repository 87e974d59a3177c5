"""What REES46 says that it delivered of a message: over which channels, and what each said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from app.rees46 import notifications
from app.store import sends
from app.web.rees46 import ask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from app.rees46.notifications import Notification
    from app.web.rees46 import Ended

# By channel, what the list of notifications tells, and which part of the message it is.
TOLD: dict[str, dict[str, str]] = {
    "email": {"subject": "subject", "body": "html"},
    "sms": {"body": "text"},
    "web_push": {"subject": "title", "body": "body", "icon": "icon", "url": "url"},
    "mobile_push": {"subject": "title", "body": "body", "picture": "image", "url": "uri"},
}
Delivered = dict[str, dict[str, str]]


def delivered(identity: Mapping[str, str], code: str) -> Delivered:
    """Ask what was sent under a code: by channel, the parts that are told by their names in the message."""
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    found = ask(notifications.List(**identity, date_from=yesterday, limit=notifications.MOST))
    return {one.channel: _parts(one) for one in found if one.code == code and one.channel}


def _parts(one: Notification) -> dict[str, str]:
    told = TOLD.get(one.channel or "", {"subject": "title", "body": "text"})
    return {part: text for field, part in told.items() if (text := getattr(one, field))}


def keep_number(db: Session, ended: Ended) -> None:
    """Keep what REES46 calls the message."""
    if ended.reply is not None and ended.reply.code:  # a test has none
        sends.keep_number(db, ended.act.id, ended.reply.code)
