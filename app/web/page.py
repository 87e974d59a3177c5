"""Page: a Blueprint that knows its title, section, icon, place in the menu, and who may see and act."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Blueprint

from app.store.people import Role

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

View = TypeVar("View", bound=Callable[..., Any])
EVERYONE = frozenset({Role.VIEWER, Role.SUPPORT, Role.MARKETER})
SUPPORT = frozenset({Role.SUPPORT})
MARKETERS = frozenset({Role.MARKETER})
STAFF = SUPPORT | MARKETERS
ADMINS: frozenset[Role] = frozenset()  # an admin may do everything, so nobody else needs to be named
ADMIN = frozenset({Role.ADMIN})  # to name them in a menu, where they have no more than others
NOBODY: frozenset[Role] = frozenset()
VIEWERS = frozenset({Role.VIEWER})
ALL_ROLES = frozenset(Role)


@dataclass(frozen=True)
class Action:
    """Something to do that the palette offers: `view` is one of the page's own, such as "add"."""

    view: str
    title: LazyString
    icon: str


class Page(Blueprint):
    """A domain of the dashboard. GET needs a role of `sees`, anything else one of `acts`; nothing named, nobody.

    Its addresses are those of a shop, `/s/<shop>/<name>/…`; a page that belongs to no shop says `in_shop=False`.
    `section` is one of menu.SECTIONS or None (on no list of pages), `place` the order within it. `menu_of` names the
    roles whose menu shows it; the others find it among all pages, or pin it. Templates lie in templates/<name>/.
    `act_labels` says what the page's acts are called in the trail, by the name of the operation or of the desk's own
    act (`noted`); `palette` what Ctrl+K offers besides the page.
    """

    def __init__(
        self,
        name: str,
        import_name: str,
        *,
        title: LazyString,
        icon: str,
        section: str | None = None,
        place: int = 50,
        menu_of: frozenset[Role] = NOBODY,
        sees: frozenset[Role] = ADMINS,
        acts: frozenset[Role] = ADMINS,
        act_labels: Mapping[str, LazyString] | None = None,
        palette: Sequence[Action] = (),
        in_shop: bool = True,
        url_prefix: str | None = None,
    ) -> None:
        own = f"/{name}" if url_prefix is None else url_prefix
        super().__init__(name, import_name, url_prefix=f"/s/<shop>{own}" if in_shop else own)
        self.title = title
        self.icon = icon
        self.section = section
        self.place = place
        self.menu_of = menu_of
        self.sees = sees
        self.acts = acts
        self.act_labels = act_labels or {}
        self.palette = palette
        self.in_shop = in_shop


def needs(roles: frozenset[Role]) -> Callable[[View], View]:
    """Let one view want other roles than its page: `@needs(EVERYONE)` on a POST that only looks something up."""

    def mark(view: View) -> View:
        view.needs = roles  # type: ignore[attr-defined]  # read by access.py
        return view

    return mark


def asks_again(view: View) -> View:
    """Let a view ask once more who is here, when that was shown a while ago: roles, passwords, secrets."""
    view.asks_again = True  # type: ignore[attr-defined]  # read by access.py
    return view


def open_to_all(view: View) -> View:
    """Let a view be seen without signing in: the sign-in page, health."""
    view.open_to_all = True  # type: ignore[attr-defined]  # read by access.py
    return view
