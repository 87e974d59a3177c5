"""The menu: built from the pages that exist and that the person may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app, g, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.web.page import Page
from app.web.shops import shown_shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask import Flask
    from flask_babel.speaklater import LazyString

SECTIONS: dict[str, LazyString] = {
    "desk": _l("Desk"),
    "customers": _l("Customers"),
    "marketing": _l("Marketing"),
    "messages": _l("Messages"),
    "records": _l("Records"),
    "settings": _l("Settings"),
}


@dataclass(frozen=True)
class Entry:
    """A line of the menu."""

    title: LazyString
    icon: str
    url: str
    current: bool
    name: str


@dataclass(frozen=True)
class Section:
    """A group of lines."""

    title: LazyString
    pages: list[Entry]


def init_app(app: Flask) -> None:
    app.context_processor(lambda: {"menu": menu, "page": current_page()})  # fragments show no menu


def current_page() -> Page | None:
    """The page whose view answers this request, or answered the form whose result is shown."""
    found = current_app.blueprints.get(_shown())
    return found if isinstance(found, Page) else None


def _shown() -> str:
    name: str = g.get("shown_page") or request.blueprint or ""
    return name


def pages() -> list[Page]:
    """All pages, in the order of the menu; those that are not in it come last."""
    places = {key: number for number, key in enumerate(SECTIONS)}
    found = [page for page in current_app.blueprints.values() if isinstance(page, Page)]
    return sorted(found, key=lambda page: (places.get(page.section or "", len(places)), page.place))


def menu() -> list[Section]:
    """The sections that have something to show to this person."""
    if not current_user or not current_user.is_authenticated:
        return []
    everywhere = shown_shop() is not None  # without any shop there are only the pages that belong to none
    person = me()
    shown = [page for page in pages() if person.may(page.sees) and (everywhere or not page.in_shop)]
    sections = []
    for key, title in SECTIONS.items():
        entries = [_entry(page) for page in shown if page.section == key]
        if entries:
            sections.append(Section(title, entries))
    return sections


def _entry(page: Page) -> Entry:
    here = _shown() == page.name
    return Entry(page.title, page.icon, url_for(f"{page.name}.index"), here, page.name)
