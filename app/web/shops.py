"""The shop of a request is the one that its URL names. Where no URL names one, a person begins in the one chosen last.

`/s/<shop>/…` holds every page and form of a shop: views get their shop by `shop()`, and `url_for` stays in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from flask import abort, current_app, g, session, url_for
from flask_login import current_user

from app.store import shops
from app.web.remembered import copy_of, remembered

if TYPE_CHECKING:
    from flask import Flask

    from app.store.people import Person
    from app.store.shops import Shop

BEGIN = "begin_in_shop"  # all that the session knows of shops


def init_app(app: Flask) -> None:
    app.url_value_preprocessor(_take_from_url)
    app.url_defaults(_stay_in_shop)
    app.context_processor(_for_templates)


def _take_from_url(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    g.slug = (values or {}).pop("shop", None)


def open_shop() -> None:
    """Enter the shop that the URL names; 404 for one that is none, or that this person was not given.

    access.py asks for it: whoever is not signed in learns nothing of shops, and a role is one in a shop.
    """
    if g.slug is not None:
        g.shop = next((shop for shop in all_shops() if shop.slug == g.slug), None) or abort(404)
        _person().in_shop = g.shop.id


def _stay_in_shop(endpoint: str, values: dict[str, Any]) -> None:
    """Let addresses that are built without a shop be those of the shop that is shown."""
    if "shop" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "shop") and (here := shown_shop()):
        values["shop"] = here.slug


def _for_templates() -> dict[str, Any]:
    here = shown_shop()
    home = url_for("home.index") if here else url_for("start.index")
    return {"shop": here, "shops": all_shops() if _signed_in() else [], "home_url": home}


def all_shops() -> list[Shop]:
    """The shops in use that this person was given."""
    if "shops" not in g:
        person = _person()
        every = remembered("shops", shops.in_use)
        g.shops = [copy_of(shop) for shop in every if person.role_in(shop.id) is not None]
    found: list[Shop] = g.shops
    return found


def shop() -> Shop:
    """The shop that the URL names. Pages outside of shops have none, and never call this."""
    here: Shop = g.shop
    return here


def shown_shop() -> Shop | None:
    """The shop that the frame of a page names and its menu leads to; on pages of no shop the one to begin with."""
    return g.get("shop") or where_to_begin()


def where_to_begin() -> Shop | None:
    """The shop for a person whose URL names none: the one chosen last, else the first."""
    if not _signed_in():
        return None
    chosen = session.get(BEGIN) or _person().shop_id
    return next((shop for shop in all_shops() if shop.id == chosen), None) or next(iter(all_shops()), None)


def begin_in(shop: Shop) -> None:
    """Remember where to begin. No page that is open is changed by this."""
    session[BEGIN] = shop.id


def _signed_in() -> bool:
    return bool(_person()) and _person().is_authenticated


def _person() -> Person:
    """As `me` of sign_in/login.py, which stands above this module."""
    return cast("Person", g.get("actor") or current_user._get_current_object())  # noqa: SLF001  # its name in the docs
