"""The HTML of a block of products, ready to be put into a page of the shop. Everything in it is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from app.rees46.recommendations import Product

WEB = ("https://", "http://", "/")


def block_in_html(title: str, products: Iterable[str]) -> str:
    """Write it around the HTML of its products, if there are any."""
    shown = "".join(products)
    return f'<section class="rees46"><h2>{escape(title)}</h2><ul>{shown}</ul></section>' if shown else ""


def in_html(one: Product) -> str:
    """Write a product; an address that is not of the web leads nowhere."""
    picture = next(iter(one.image_url_resized.values()), one.picture)
    return (
        f'<li data-id="{escape(one.id)}"><a href="{_safe(one.url)}"><img src="{_safe(picture)}" alt="">'
        f"<span>{escape(one.name or '')}</span> <b>{escape(one.price_formatted or '')}</b></a></li>"
    )


def _safe(url: str | None) -> str:
    return escape(url) if url and url.lower().startswith(WEB) else "#"
