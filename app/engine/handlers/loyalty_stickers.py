"""Stickers of members, counted and one by one."""

from __future__ import annotations

from collections import Counter
from typing import Any

from app.engine.answers import answers
from app.engine.loyalty.asked import asked_account
from app.engine.store.db import Db
from app.engine.store.loyalty_orders import StickerCampaign, campaigns, stickers_of
from app.rees46 import loyalty_stickers as stickers


@answers
def balance(db: Db, op: stickers.Balance) -> list[stickers.Collected]:
    """Count what is not used."""
    account = asked_account(db, op.identifier)
    amounts = Counter(one.campaign for one in stickers_of(db, account.identifier) if one.used_in is None)
    known = campaigns(db)
    return [stickers.Collected(**_of(known.get(number), number), amount=amounts[number]) for number in sorted(amounts)]


@answers
def history(db: Db, op: stickers.History) -> list[stickers.Sticker]:
    """List every sticker, newest first."""
    account, known = asked_account(db, op.identifier), campaigns(db)
    first = op.offset or 0
    return [
        stickers.Sticker(
            **_of(known.get(one.campaign), one.campaign),
            used_in_order=one.used_in,
            issued_by_order=one.issued_by,
            created_at=f"{one.at:%Y-%m-%d %H:%M:%S}",
        )
        for one in stickers_of(db, account.identifier)[first : first + (op.limit or 50)]
    ]


def _of(campaign: StickerCampaign | None, number: int) -> dict[str, Any]:
    if campaign is None:
        return {"campaign_id": number}
    return {
        "campaign_id": number,
        "campaign_code": campaign.code,
        "campaign_name": campaign.name,
        "campaign_status": campaign.status,
    }
