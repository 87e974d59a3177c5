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


@dataclass(frozen=True)
class Action:
    """Something to do, offered to those who may."""

    endpoint: str
    title: LazyString
    icon: str


ACTIONS = (
    Action("segments.add", _l("Add a customer to a segment"), icon="user-plus"),
    Action("imports.new", _l("Import people from a file"), icon="file-up"),
    Action("promo_codes.generate", _l("Generate promo codes"), icon="ticket-percent"),
    Action("links.shorten", _l("Shorten links"), icon="link"),
    Action("messages.write", _l("Send a test message"), icon="send"),
    Action("subscriptions.report", _l("Report a bounce, a complaint or an unsubscription"), icon="mail-x"),
    Action("people.add", _l("Add a person"), icon="user-round-plus"),
    Action("shops.add", _l("Add a shop"), icon="store"),
)


def entries() -> list[tuple[LazyString, list[Offer]]]:
    """Group what is offered: actions first, then pages."""
    actions = [
        Offer(action.title, url_for(action.endpoint), action.icon)
        for action in ACTIONS
        if action.endpoint in current_app.view_functions and may(action.endpoint)
    ]
    pages = [Offer(entry.title, entry.url, entry.icon) for section in menu() for entry in section.pages]
    return [(_l("Actions"), actions), (_l("Pages"), pages)]
