"""What the list of shops shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app.web.tables.columns import Address, Column, macro, mono

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.store.shops import Shop


def columns(address_of: Callable[[Shop], str]) -> list[Column[Shop]]:
    """Which account of REES46 each stands for, and under which address the desk shows it."""
    shop_at, badge = Address("shops.edit", "number"), macro("components/badge.html", "badge")
    unused, live, test = badge(_("not in use"), "warning"), badge(_("Live"), "danger"), badge(_("Test"), "info")

    def name(shop: Shop) -> Markup:
        dot = Markup('<span data-tone="{}"><span class="shop-dot"></span></span>').format(shop.colour)
        link = shop_at.link(shop.id, shop.name)
        return Markup("{} {} {}").format(dot, link, "" if shop.active else unused)

    return [
        Column(_l("Name"), name, at="name"),
        Column(_l("Kind"), lambda shop: live if shop.kind == "live" else test, at="figure"),
        Column(_l("In addresses"), lambda shop: mono(f"/s/{shop.slug}/"), at="when"),
        Column("shop_id", lambda shop: mono(shop.shop_id), at="note"),
        Column(_l("Key"), lambda shop: mono(f"{shop.fingerprint}…"), kind="soft"),
        Column("REES46", address_of, kind="cut"),
    ]
