"""Promo lists with their codes, and a few short links."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from app.engine.seed.keep import numbered, put
from app.engine.seed.person import ANCHOR
from app.engine.store.links import OWN, LinkDomain, ShortLink
from app.engine.store.promo_codes import PromoCode, PromoList

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.engine.store.db import Db

ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"

# id, name, prefix, uploaded, handed out; the first is the one of the reference, with the 3744 codes it prints
LISTS = (
    ("3184", "Abandoned cart trigger discount codes", "CART", 5000, 1256),
    ("3185", "Welcome 10 %", "HELLO", 2000, 640),
    ("3186", "День рождения", "BDAY", 1200, 311),
    ("3187", "Win-back 15 %", "BACK", 900, 880),
    ("3188", "Марафон 2026", "RUN", 250, 247),
    ("3189", "Spring sale (used up)", "SPRING", 400, 400),
)
SMALL_LISTS = (
    ("3184", "Abandoned cart trigger discount codes", "CART", 40, 10),
    ("3185", "Welcome 10 %", "HELLO", 20, 5),
    ("3186", "День рождения", "BDAY", 12, 0),
    ("3187", "Win-back 15 %", "BACK", 10, 4),
    ("3188", "Марафон 2026", "RUN", 8, 5),
    ("3189", "Spring sale (used up)", "SPRING", 4, 4),
)
OTHER_LISTS = (("501", "Second shop's codes", "OTHER", 30, 3),)
LINKS = (("x27FyAlR", "https://example.com/page/1"), ("a", "https://example.com/page/2"))
DOMAIN = "go.shop.example.com"  # the own domain that support has allowed


def offers(db: Db, lists: tuple[tuple[str, str, str, int, int], ...]) -> None:
    """Insert promo lists and codes."""
    rows = [
        {"number": number, "name": name, "uploaded": uploaded, "handed_out": handed_out, "is_sticky": False}
        for number, name, _prefix, uploaded, handed_out in lists
    ]
    random = Random(46)
    for promo_list, (_number, _name, prefix, uploaded, handed_out) in zip(
        numbered(db, PromoList, rows), lists, strict=True
    ):
        put(db, PromoCode, _codes(random, promo_list, prefix, uploaded, handed_out))


def _codes(random: Random, promo_list: int, prefix: str, uploaded: int, handed_out: int) -> Iterator[dict[str, Any]]:
    for place in range(uploaded):
        secret = "".join(random.choice(ALPHABET) for _ in range(6))
        is_out = place < handed_out
        yield {
            "promo_list_id": promo_list,
            "place": place,
            "code": f"{prefix}-{secret}{place % 10}{place // 10 % 10}",
            "fetched": ANCHOR - timedelta(minutes=37 * (handed_out - place)) if is_out else None,
            "did": f"device-{place}" if is_out else None,
            "seance": None,
            "email": None,
        }


def links(db: Db) -> None:
    """Insert the short links of the reference and the own domain."""
    put(db, LinkDomain, [{"domain": DOMAIN}])
    soon = db.now + timedelta(days=90)
    put(
        db,
        ShortLink,
        ({"domain": OWN, "code": code, "url": url, "created": db.now, "expires": soon} for code, url in LINKS),
    )
