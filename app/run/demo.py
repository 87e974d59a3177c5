"""The demo: a seeded box, and a desk that already knows its shops, segments, campaigns and blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from app import store
from app.engine.seed import demo
from app.engine.seed.blocks import BLOCKS
from app.engine.seed.campaigns import MULTI_CAMPAIGNS, SMS_CAMPAIGNS
from app.engine.seed.segments import SEGMENTS
from app.liquid import variables_of
from app.store import shops
from app.store.campaigns import OF_CHANNEL, Campaign
from app.store.recommender_blocks import RecommenderBlock
from app.store.segment_names import SegmentName

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from app.config import Settings

# What the pages of the demo shop send along with the code of a block; the others are the reference's own examples.
NEEDS = {
    "popular": ["cart"],
    "similar": ["item"],
    "also_bought": ["item"],
    "search": ["search"],
    "recently_viewed": [],
    "personal": ["cart"],
}
EXPECTED = {"at_least": 4, "in_stock": True}
# The shops that app.engine.seed makes; their secrets guard nothing but made-up customers.
SHOPS = (("Spoke and Sole", "demo", "blue"), ("Second shop", "second", "amber"))


def furnish(settings: Settings) -> None:
    """Make what is missing; what people changed since stays as they left it."""
    demo(settings)
    desk = store.open_desk(settings)
    with desk.reading() as db:
        if db.scalar(select(shops.Shop.id).limit(1)):
            return
    campaigns = list(_campaigns())
    with desk.writing() as db:
        first, *_others = (
            shops.ensure(db, name=name, shop_id=shop_id, secret=f"{shop_id}-secret", key=settings.key, colour=colour)
            for name, shop_id, colour in SHOPS
        )
        for campaign in campaigns:
            campaign.shop_id = first.id
        db.add_all(campaigns)
        db.add_all(
            SegmentName(shop_id=first.id, segment_id=str(number), name=name, kind="dynamic" if rule else "static")
            for number, name, rule in SEGMENTS
        )
        db.add_all(
            RecommenderBlock(
                shop_id=first.id,
                code=code,
                name=title,
                needs=NEEDS[code],
                expected=EXPECTED | ({"no_cart": True} if "cart" in NEEDS[code] else {}),
                is_beside="item" in NEEDS[code],
            )
            for code, _rule, title in BLOCKS
            if code in NEEDS
        )


def _campaigns() -> Iterator[Campaign]:
    """Write the register: a copy of each English template with the Russian one beside it, and what they ask for."""
    for code, name, english, russian in SMS_CAMPAIGNS:
        yield _campaign("sms", code, name, {"sms": english}, {"sms": russian})
    for code, name, channels in MULTI_CAMPAIGNS:
        yield _campaign("multi", code, name, _texts(channels, 0), _texts(channels, 1))


def _texts(channels: Mapping[str, tuple[dict[str, str], dict[str, str]]], place: int) -> dict[str, str]:
    """Name the parts of templates in one language as the register does."""
    return {
        ours: text
        for channel, languages in channels.items()
        for ours, theirs in OF_CHANNEL[channel].items()
        if (text := languages[place].get(theirs))
    }


def _campaign(kind: str, code: str, name: str, english: dict[str, str], russian: dict[str, str]) -> Campaign:
    variables = dict.fromkeys([*variables_of(english), *variables_of(russian)])
    return Campaign(
        kind=kind,
        code=code,
        name=name,
        language="en",
        templates=english,
        translations={"ru": russian},
        variables=list(variables),
    )
