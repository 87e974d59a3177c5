"""The HTML of a block of products, ready to be put into a page of the shop. Everything in it is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.rees46.recommendations import Product

BLOCK = Markup('<section class="rees46"><h2>{title}</h2><ul>{products}</ul></section>')
PRODUCT = Markup(
    '<li data-id="{id}"><a href="{url}"><img src="{picture}" alt="">'
    '<span>{name}</span> <b>{price}</b></a></li>'
)  # fmt: skip
WEB = ("https://", "http://", "/")


def teaser(title: str, products: Iterable[Product]) -> str:
    """Write it; an address that is not of the web leads nowhere."""
    shown = [
        PRODUCT.format(
            id=one.id,
            url=_safe(one.url),
            picture=_safe(next(iter(one.image_url_resized.values()), one.picture)),
            name=one.name,
            price=one.price_formatted,
        )
        for one in products
    ]
    return str(BLOCK.format(title=title, products=Markup().join(shown))) if shown else ""


def _safe(url: str) -> str:
    return url if url.lower().startswith(WEB) else "#"
