"""The demo shop "Spoke and Sole": bicycles and sportswear, the same every time.

`demo(settings)` makes the whole of it: shop `demo` with the secret `demo-secret`, and `second` with `second-secret`.
`small(settings)` makes the same shops within half a second, with about 60 customers, for tests. Both do nothing when
the shop is there. `demo` has every id that the reference's own examples use, and these customers:

- anna.kowalska@example.com, 447700900101, BIKE-0001: everything there is; 3 orders, 24 communications, 2 devices
- vera.sokolova@example.com, 79990000002, BIKE-0002: Russian; no SMS but transactional ones; an Android token
- 79990000001 Пётр Волков: only a phone · ella.email@example.com: only e-mail · CARD-ONLY-1: only a loyalty card
- wanda.webpush@example.com, max.mobile@example.com: reached by web push or by mobile push alone
- nora.new@example.com: never asked for consent · anonymous-device: a did of nobody known
- bruno.bounced@example.com (now 447700900103): purged · clara.complained@example.com: complained ·
  boris.blacklisted@example.com · uma.unsubscribed@example.com: e-mail off · sam.suppressed@example.com
- olaf.orders@example.com: 500 orders (not in the small shop)
- html@example.com, formula@example.com, o'hara+tag@example.com and a Hubert with a very long name: what breaks pages
- anna's e-mail with vera's phone: two people in one call

The promo list 3189 is used up, 3188 nearly. Segments 123, 313 are static, 314 is dynamic. SMS campaigns: order_ready,
verification, courier; multi-channel: order_delivered, welcome, back_in_stock, receipt, and pushes: news, sale,
push_bench (which says what it is given).
Collections: 6 and 7; stories: main. Customers with a loyalty card and a phone are members: Anna (Gold, referral code
FRIEND-1, gift card SEED-GIFT-1), Vera (Silver); promo code SPOKE10; paid subscription club.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Literal

from app.engine.seed.activity import activity
from app.engine.seed.blocks import blocks
from app.engine.seed.campaigns import campaigns
from app.engine.seed.changes import changes
from app.engine.seed.collections import collections
from app.engine.seed.frequent_buyer import frequent_buyer
from app.engine.seed.generated_people import generated_people
from app.engine.seed.keep import people
from app.engine.seed.loyalty import loyalty
from app.engine.seed.nps import reviews
from app.engine.seed.offers import LISTS, OTHER_LISTS, SMALL_LISTS, links, offers
from app.engine.seed.printed import printed
from app.engine.seed.products import catalogue
from app.engine.seed.searches import searches
from app.engine.seed.segments import segments
from app.engine.seed.sends import sends
from app.engine.seed.stories import stories
from app.engine.seed.waiting import waiting
from app.engine.seed.well_known import well_known
from app.engine.store.clock import open_box
from app.engine.store.db import Circumstances, Db
from app.engine.store.shops import Shop, keep_if_unreadable, shop_of

if TYPE_CHECKING:
    from app.config import Settings

ALL = 5000
FEW = 60
OFTEN = 500  # orders of the most frequent buyer


Size = Literal["small", "demo"]


def demo(settings: Settings) -> None:
    """Make the demo shop with its 5,000 customers and a year behind it, unless it is there."""
    _make(settings, "demo")


def small(settings: Settings) -> None:
    """Make the same shop with a few customers, unless it is there."""
    _make(settings, "small")


def _make(settings: Settings, size: Size) -> None:
    """Make both shops in one transaction: there is never half a shop."""
    database = open_box(settings)
    with database.writing() as db:
        for shop_id in ("demo", "second"):
            if shop := shop_of(db, shop_id):
                keep_if_unreadable(shop, f"{shop_id}-secret", settings.key)
        if shop_of(db, "demo") is None:
            _open(db, settings, "demo", "Spoke and Sole")
            furnish(db, size)
            _open(db, settings, "second", "Second shop")
            furnish(db, size)
    database.engine.dispose()


def _open(db: Db, settings: Settings, shop_id: str, name: str) -> None:
    shop = Shop(shop_id=shop_id, name=name, currency="RUB")
    shop.keep_secret(f"{shop_id}-secret", settings.key)
    shop.apps_ask_loyalty = shop_id == "demo"  # as REES46 sets it up for a shop on request
    db.add(shop)
    db.flush()
    db.at = Circumstances(shop, settings)


def furnish(db: Db, size: Size) -> None:
    """Fill an empty shop as it was made at first; any other one becomes like the shop `demo`."""
    if db.shop.shop_id == "second":
        _furnish_second(db)
    elif size == "demo":
        _furnish(db, ALL, LISTS)
    else:
        _furnish(db, FEW, SMALL_LISTS)
    if db.shop.shop_id == "demo":
        links(db)


def _furnish(db: Db, customers: int, lists: tuple[tuple[str, str, str, int, int], ...]) -> None:
    random = Random(46)
    known = [*well_known(), *printed(), *([frequent_buyer(OFTEN)] if customers > FEW else [])]
    persons = [*known, *generated_people(random, customers - len(known), beside=known)]
    people(db, persons, segments(db))
    changes(db, random, persons)
    offers(db, lists)
    campaigns(db)
    catalogue(db)
    activity(db, Random(28))
    reviews(db, Random(10), customers // 5)
    waiting(db, Random(11), customers // 50)
    sends(db, Random(12), customers // 5)
    loyalty(db, Random(13), customers // 5)
    blocks(db)
    collections(db)
    stories(db)
    searches(db, Random(14))


def _furnish_second(db: Db) -> None:
    """Give it other customers and lists than the first has: what is mixed up between shops shows."""
    people(db, generated_people(Random(64), 12, first=90000), segments(db))
    offers(db, OTHER_LISTS)
    campaigns(db)
