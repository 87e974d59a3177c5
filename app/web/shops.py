"""The shop in use: chosen by the person, shown on every page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, g, session
from flask_babel import gettext as _
from flask_login import current_user

from app.store import shops
from app.web.context import desk

if TYPE_CHECKING:
    from flask import Flask

    from app.store.shops import Shop


def init_app(app: Flask) -> None:
    app.context_processor(_for_templates)


def _for_templates() -> dict[str, Any]:
    signed_in = _signed_in()
    return {"shop": shop_or_none() if signed_in else None, "shops": all_shops() if signed_in else []}


def all_shops() -> list[Shop]:
    """The shops people can switch to."""
    if "shops" not in g:
        with desk().reading() as db:
            g.shops = shops.in_use(db)
    found: list[Shop] = g.shops
    return found


def shop_or_none() -> Shop | None:
    """The shop in use, or none when there is none yet."""
    chosen: int | None = session.get("shop") or (current_user.shop_id if _signed_in() else None)
    by_id = {shop.id: shop for shop in all_shops()}
    return (by_id.get(chosen) if chosen else None) or next(iter(by_id.values()), None)


def shop() -> Shop:
    """The shop in use; without one the page says that a shop must be added first."""
    found = shop_or_none()
    if found is None:
        abort(409, _("There is no shop yet. An administrator can add one under Shops."))
    return found


def use(shop_id: int) -> bool:
    """Switch to a shop."""
    known = any(shop.id == shop_id for shop in all_shops())
    if known:
        session["shop"] = shop_id
    return known


class OtherShop(Exception):
    """The page belongs to another shop than the one in use; `shop_id` says to which."""

    def __init__(self, shop_id: int) -> None:
        super().__init__("other shop")
        self.shop_id = shop_id


def must_be_in(shop_id: int) -> None:
    """Stop when a deep link belongs to another shop than the one in use."""
    if shop_id != shop().id:
        raise OtherShop(shop_id)


def _signed_in() -> bool:
    return bool(current_user) and current_user.is_authenticated
