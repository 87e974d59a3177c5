"""The menu: built from the pages that exist and that the person may see.

It shows the few that a role comes for every day, pins of the person's own, and nothing that would make it scroll. All
pages stand on one page of their own, and what administers the desk is an area with a menu of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import current_app, g, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.store import saved_lists
from app.web.page import Page
from app.web.remembered import remembered
from app.web.shops import shown_shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Flask
    from flask_babel.speaklater import LazyString

    from app.store.saved_lists import SavedList

SECTIONS: dict[str, LazyString] = {
    "desk": _l("Desk"),
    "customers": _l("Customers"),
    "catalogue": _l("Catalogue"),
    "marketing": _l("Marketing"),
    "records": _l("Records"),
    "settings": _l("Administration"),
}
AREA = "settings"  # its pages have a menu of their own


@dataclass(frozen=True)
class Entry:
    """A line of the menu."""

    title: LazyString | str
    icon: str
    url: str
    current: bool
    name: str


@dataclass(frozen=True)
class Section:
    """A group of lines; one without a title needs none."""

    title: LazyString | str | None
    pages: list[Entry]


def init_app(app: Flask) -> None:
    app.context_processor(lambda: {"menu": menu, "page": current_page()})  # fragments show no menu
    app.jinja_env.globals |= {"saved_here": saved_here, "side_shows": side_shows}


def current_page() -> Page | None:
    """The page whose view answers this request, or answered the form whose result is shown."""
    found = current_app.blueprints.get(_shown())
    return found if isinstance(found, Page) else None


def _shown() -> str:
    name: str = g.get("shown_page") or request.blueprint or ""
    return name


def side_shows() -> tuple[str, ...]:
    """Say what the menu depends on, besides person and shop: where they are, and their pins."""
    pins = me().pins
    lists = [f"{one.pin} {one.title} {one.endpoint}?{one.query}" for one in saved()] if _has_lists(pins) else []
    return (_shown(), *pins, *lists, request.full_path if lists else "")


def _has_lists(pins: list[str]) -> bool:
    return any(pin.isdigit() for pin in pins)


def pages() -> list[Page]:
    """All pages, in the order of the menu; those that are not in it come last."""
    places = {key: number for number, key in enumerate(SECTIONS)}
    found = [page for page in current_app.blueprints.values() if isinstance(page, Page)]
    return sorted(found, key=lambda page: (places.get(page.section or "", len(places)), page.place))


def everything() -> list[Section]:
    """All that this person may open, by section."""
    return _by_section(page for page in _open_to_me())


def menu() -> list[Section]:
    """What stands at the side: the area that is shown, or what this person comes for."""
    if not current_user or not current_user.is_authenticated:
        return []
    here = current_page()
    return _area() if here and here.section == AREA else _daily()


def _area() -> list[Section]:
    """The pages of the area, and the way out of it."""
    out = "home.index" if shown_shop() else "start.index"
    back = Entry(_("Back to the desk"), icon="arrow-left", url=url_for(out), current=False, name="back")
    return [Section(None, [back]), *_by_section(page for page in _open_to_me() if page.section == AREA)]


def _daily() -> list[Section]:
    pinned = _pinned()
    person = me()
    mine = [page for page in _open_to_me() if role_shown() in page.menu_of and page.name not in person.pins]
    home, rest = [page for page in mine if page.section == "desk"], [page for page in mine if page.section != "desk"]
    sections = [Section(None, [_entry(page) for page in home]), Section(_("Pinned"), pinned), *_by_section(rest)]
    return [section for section in (*sections, Section(None, _ways_on())) if section.pages]


def _pinned() -> list[Entry]:
    """The person's own pins: pages, and lists that were saved by name."""
    pins = me().pins
    by_name = {page.name: page for page in _open_to_me()}
    lists = {one.pin: one for one in saved()} if _has_lists(pins) else {}
    entries = []
    for pin in pins:
        if pin in by_name:
            entries.append(_entry(by_name[pin]))
        elif pin in lists and (entry := entry_of_list(lists[pin])):
            entries.append(entry)
    return entries


def saved() -> list[SavedList]:
    """The lists of this shop that were saved by this person, or by others for everybody."""
    here = shown_shop()
    if here is None:
        return []
    shop_id, person_id = here.id, me().id
    key = ("saved lists", shop_id, person_id)
    return remembered(key, lambda db: saved_lists.for_person(db, shop_id, person_id))


def saved_here() -> list[Entry]:
    """The saved lists of the page that is shown."""
    lists = [one for one in saved() if one.endpoint == request.endpoint]
    return [entry for one in lists if (entry := entry_of_list(one))]


def entry_of_list(one: SavedList) -> Entry | None:
    """A saved list as a line of the menu; None if there is no such list any more, or not for this person."""
    page = current_app.blueprints.get(one.endpoint.rpartition(".")[0])
    if not isinstance(page, Page) or one.endpoint not in current_app.view_functions or not _sees(page):
        return None
    url = f"{url_for(one.endpoint)}?{one.query}"
    here = request.full_path.rstrip("?") == url
    return Entry(one.title, page.icon, url, here, page.name)


def _ways_on() -> list[Entry]:
    """The ways to all that has no line of its own."""
    pages = {page.name: page for page in _open_to_me()}
    entries = [_entry(pages["overview"])] if "overview" in pages else []
    first = next((page for page in pages.values() if page.section == AREA), None)
    if first:
        entries.append(
            Entry(SECTIONS[AREA], icon="settings", url=url_for(f"{first.name}.index"), current=False, name=AREA)
        )
    return entries


def _open_to_me() -> list[Page]:
    if "open_pages" not in g:
        g.open_pages = [page for page in pages() if _sees(page)]
    found: list[Page] = g.open_pages
    return found


def _sees(page: Page) -> bool:
    """Whether this person may open a page: one of shops in the shop that is shown."""
    here = shown_shop()
    if page.in_shop:
        return here is not None and me().may_in(here.id, page.sees)
    return me().may_in(0, page.sees)


def role_shown() -> str | None:
    """The role of this person in the shop that is shown; without any shop their own."""
    here = shown_shop()
    return me().role_in(here.id) if here else me().role


def _by_section(pages: Iterable[Page]) -> list[Section]:
    entries: dict[str, list[Entry]] = {key: [] for key in SECTIONS}
    for page in pages:
        if page.section in entries:
            entries[page.section].append(_entry(page))
    return [Section(SECTIONS[key], found) for key, found in entries.items() if found]


def _entry(page: Page) -> Entry:
    here = _shown() == page.name
    return Entry(page.title, page.icon, url_for(f"{page.name}.index"), here, page.name)
