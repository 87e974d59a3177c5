"""What stands around every page costs more than most pages, and is rendered once for whom and where it is the same.

`{% call framed("bar") %}…{% endcall %}` in base.html marks a part of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import current_app, g, request
from flask_babel import get_locale
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup

from app.web.language import theme
from app.web.shops import all_shops, shown_shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from flask import Flask

MOST = 500  # parts that a process remembers; when there are more, all are forgotten
STAND_IN = "csrf-token-of-whoever-asks"


def init_app(app: Flask) -> None:
    app.extensions["frames"] = {}
    app.jinja_env.globals["framed"] = framed


def framed(part: str, more: Hashable = (), *, caller: Callable[[], str]) -> Markup:
    """Give a part of the frame, which says nothing but who is here, in which shop, language and theme, and `more`."""
    known: dict[Hashable, str] = current_app.extensions["frames"]
    key = (part, *_circumstances(), more)
    token = generate_csrf()
    if key not in known or current_app.debug:
        if len(known) >= MOST:
            known.clear()
        known[key] = str(caller()).replace(token, STAND_IN)
    return Markup(known[key].replace(STAND_IN, token))  # noqa: S704  # it was rendered by a template


def _circumstances() -> tuple[Any, ...]:
    """All that the frame says of who is here and where; its parts ask for it one after the other."""
    if "circumstances" not in g:
        g.circumstances = _looked_up()
    found: tuple[Any, ...] = g.circumstances
    return found


def _looked_up() -> tuple[Any, ...]:
    person, here = me(), shown_shop()
    shops = tuple((shop.id, shop.slug, shop.name, shop.kind, shop.colour) for shop in all_shops())
    who = (person.id, person.name, person.email, person.role, tuple(sorted(person.shop_roles.items())))
    return who, here.id if here else None, shops, str(get_locale()), theme(), request.root_path
