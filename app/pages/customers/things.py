"""Promo codes and short links that this desk remembers, for a search that leads to no customer by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.store import customers, promo_handouts, short_links
from app.store.short_links import ShortLink
from app.web.context import desk
from app.web.customers.parse import tidy
from app.web.shops import shop
from app.web.sign_in.access import may

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from app.store.customers import KnownCustomer

MOST, MOST_WORDS, LONGEST = 10, 10, 64  # that are shown, and looked for


@dataclass(frozen=True)
class Thing:
    """A code or a link: where its page is, when it came to be, and to whom it was given."""

    title: str
    url: str
    at: datetime
    customer: KnownCustomer | None = None


def things(text: str) -> list[Thing]:
    """Find codes that were handed out and links that were made by what was typed, whole or the end of an address."""
    words = [word.rstrip("/").rpartition("/")[2] for word in tidy(text).split()[:MOST_WORDS]]
    wanted = [word for word in words if 0 < len(word) <= LONGEST]
    return [*_codes(wanted), *_links(wanted)] if wanted else []


def _codes(words: Iterable[str]) -> list[Thing]:
    if not may("promo_codes.handed_out", "GET"):
        return []
    with desk().reading() as db:
        found = promo_handouts.by_codes(db, shop().id, words)
        whom = customers.by_ids(db, {one.customer_id for one in found if one.customer_id})
    return [
        Thing(
            _("Promo code %(code)s, handed out by %(person)s", code=one.code, person=one.person),
            url_for("promo_codes.handed_out", key=one.key),
            one.at,
            whom.get(one.customer_id or 0),
        )
        for one in found
    ]


def _links(words: Iterable[str]) -> list[Thing]:
    if not may("links.link", "GET"):
        return []
    with desk().reading() as db:
        query = short_links.of_shop(shop().id).where(ShortLink.code.in_(list(words)), ShortLink.short.is_not(None))
        found = list(db.scalars(query.order_by(ShortLink.id.desc()).limit(MOST)))
    return [
        Thing(_("Short link to %(target)s", target=one.source), url_for("links.link", key=one.key), one.at)
        for one in found
    ]
