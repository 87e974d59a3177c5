"""What the list of products that no shopper sees shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.products.forms import LACKS
from app.web.tables.columns import Column, macro

if TYPE_CHECKING:
    from app.rees46.products import NotShown


def hidden_columns() -> list[Column[NotShown]]:
    """The product, and why nobody sees it."""
    name = macro("components/product.html", "product_link")
    return [
        Column(
            _l("Product"),
            lambda row: name(row.uniqid, row.name),
            at="name",
            text=lambda row: f"{row.uniqid} {row.name or ''}".strip(),
        ),
        Column(_l("What is missing"), in_words, at="note", kind="cut"),
    ]


def lacks_of(row: NotShown) -> list[str]:
    """What it lacks of what REES46 names; `other` where it has all that."""
    has = {"price": row.price, "name": row.name, "url": row.url, "picture": row.image_url}
    lacking = [name for name, value in has.items() if not value]
    if row.image_downloading_error and row.image_url:
        lacking.append("picture")
    return lacking or ["other"]


def in_words(row: NotShown) -> str:
    words = [str(LACKS[name]).lower() for name in lacks_of(row) if name != "other"]
    if why := row.image_downloading_error:
        words = [word for word in words if word != str(LACKS["picture"]).lower()]
        words.append(_("picture that can be loaded: %(why)s", why=why))
    return ", ".join(words) or _("category, or something that REES46 does not name")
