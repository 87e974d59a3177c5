"""What the palette offers: pages and actions that the person's role allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app, url_for
from flask_babel import lazy_gettext as _l

from app.web.access import may
from app.web.menu import menu

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString


@dataclass(frozen=True)
class Offer:
    """A line of the palette."""

    title: LazyString
    url: str
    icon: str


ACTIONS: dict[str, tuple[LazyString, str]] = {
    "segments.add": (_l("Add a customer to a segment"), "user-plus"),
    "segments.import_": (_l("Import people from a file"), "file-up"),
    "promo_codes.generate": (_l("Generate promo codes"), "ticket-percent"),
    "links.add": (_l("Shorten links"), "link"),
    "messages.sms": (_l("Send a test SMS"), "smartphone"),
    "messages.multi": (_l("Send a test message over any channel"), "send"),
    "subscriptions.callback": (_l("Report a bounce, a complaint or an unsubscription"), "mail-x"),
    "people.add": (_l("Add a person"), "user-round-plus"),
    "shops.add": (_l("Add a shop"), "store"),
}


def entries() -> list[tuple[LazyString, list[Offer]]]:
    """Group what is offered: actions first, then pages."""
    actions = [
        Offer(title, url_for(endpoint), icon)
        for endpoint, (title, icon) in ACTIONS.items()
        if endpoint in current_app.view_functions and may(endpoint)
    ]
    pages = [Offer(entry.title, entry.url, entry.icon) for section in menu() for entry in section.pages]
    return [(_l("Actions"), actions), (_l("Pages"), pages)]
