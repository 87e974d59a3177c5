"""What the palette offers: pages and actions that the person's role allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.web.menu import entry_of_list, everything, pages, saved
from app.web.sign_in.access import may

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString


@dataclass(frozen=True)
class Offer:
    """A line of the palette."""

    title: LazyString | str
    url: str
    icon: str


def entries() -> list[tuple[LazyString, list[Offer]]]:
    """Group what is offered: actions first, then pages."""
    actions = [
        Offer(action.title, url_for(endpoint), action.icon)
        for page in pages()
        for action in page.palette
        if may(endpoint := f"{page.name}.{action.view}")
    ]
    offered = [Offer(entry.title, entry.url, entry.icon) for section in everything() for entry in section.pages]
    lists = [Offer(entry.title, entry.url, entry.icon) for one in saved() if (entry := entry_of_list(one))]
    return [(_l("Actions"), actions), (_l("Saved lists"), lists), (_l("Pages"), offered)]
