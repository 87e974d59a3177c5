"""What no call of the contract can make: segments, campaigns, promo lists and blocks of a seed file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Delete, delete

from app.engine.store.campaigns import Campaign, Template
from app.engine.store.promo_codes import PromoCode, PromoList
from app.engine.store.recommenders import Recommender
from app.engine.store.segments import DYNAMIC, STATIC, Segment

if TYPE_CHECKING:
    from app.engine.store.base import Base
    from app.engine.store.db import Db
    from app.seed_file import SeedFile


def put_rows(db: Db, seed: SeedFile) -> None:
    """Put them into the shop; what has the same ID or code is replaced, with all that hangs on it."""
    _segments(db, seed)
    _campaigns(db, seed)
    _promo_lists(db, seed)
    for block in seed.blocks:
        db.execute(_there(db, Recommender).where(Recommender.code == block.code))
        db.add(Recommender(shop_id=db.shop.id, code=block.code, rule=block.rule, title=block.name))
    db.flush()


def _there(db: Db, kind: type[Base]) -> Delete:
    return delete(kind).where(kind.__table__.c.shop_id == db.shop.id)


def _segments(db: Db, seed: SeedFile) -> None:
    for segment in seed.segments:
        db.execute(_there(db, Segment).where(Segment.number == segment.id))
        kind = DYNAMIC if segment.rule else STATIC
        about = {"name": segment.name, "kind": kind, "rule": segment.rule, "created": db.now}
        db.add(Segment(shop_id=db.shop.id, number=segment.id, **about))


def _campaigns(db: Db, seed: SeedFile) -> None:
    for campaign in seed.campaigns:
        same = Campaign.kind == campaign.kind, Campaign.code == campaign.code
        db.execute(_there(db, Campaign).where(*same))
        row = Campaign(shop_id=db.shop.id, **campaign.model_dump(include={"kind", "code", "name"}), created=db.now)
        row.templates = [
            Template(shop_id=db.shop.id, channel=channel, language=language, parts=parts)
            for channel, languages in campaign.templates.items()
            for language, parts in languages.items()
        ]
        db.add(row)


def _promo_lists(db: Db, seed: SeedFile) -> None:
    for promo in seed.promo_lists:
        db.execute(_there(db, PromoList).where(PromoList.number == promo.id))
        codes = list(dict.fromkeys(promo.codes))
        row = PromoList(shop_id=db.shop.id, number=promo.id, name=promo.name, uploaded=len(codes))
        db.add(row)
        db.flush()
        db.add_all(
            PromoCode(shop_id=db.shop.id, promo_list_id=row.id, place=place, code=code)
            for place, code in enumerate(codes)
        )
