"""Scripts: events one after the other, a line each, such as `cart 1012 2`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.events.items import Wrong, item_of
from app.pages.events.kinds import CUSTOM, KINDS, OF_ITEMS, PUSH_CLICK

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

MOST_LINES = 20
Step = tuple[str, dict[str, Any]]

# What people try most; {item} stands for a product, {other} for another one.
EXAMPLES: dict[str, tuple[LazyString, str]] = {
    "buy": (_l("View → cart → purchase"), "view {item}\ncart {item} 1\npurchase {item} 1"),
    "leave": (_l("Left cart"), "view {item}\ncart {item} 1\ncart {other} 2"),
    "change_mind": (_l("Cart, and out again"), "cart {item} 1\nremove_from_cart {item}"),
    "wish": (_l("Wish list"), "wish {item}\nwish {other}\nremove_wish {item}"),
    "search": (_l("Search → view → cart"), "search {item}\nview {item}\ncart {item} 1"),
}


def steps_of(text: str) -> list[Step]:
    """Read a script; Wrong names the line."""
    lines = [(number, line.split()) for number, line in enumerate(text.splitlines(), 1) if line.split()]
    if not lines:
        raise Wrong(_("Type at least one event."))
    if len(lines) > MOST_LINES:
        raise Wrong(_("A script has at most %(most)s events.", most=MOST_LINES))
    return [_step(number, *words) for number, words in lines]


def _step(number: int, event: str, *rest: str) -> Step:
    if event not in KINDS:
        raise Wrong(_("Line %(number)s: there is no event “%(event)s”.", number=number, event=event))
    if not rest:
        raise Wrong(
            _("Line %(number)s: say more, such as “%(line)s”.", number=number, line=f"{event} {KINDS[event].line}")
        )
    try:
        return event, _said(event, list(rest))
    except Wrong as wrong:
        raise Wrong(_("Line %(number)s: %(what)s", number=number, what=wrong.words)) from None


def _said(event: str, rest: list[str]) -> dict[str, Any]:
    if event in OF_ITEMS:
        return {"items": [item_of(rest)]}
    name = {"category": "category_id", "search": "search_query", CUSTOM: "name", PUSH_CLICK: "code"}[event]
    return {name: " ".join(rest)}
