"""Stickers of the loyalty programme: collected by orders, spent in orders.

Source: newer documentation, "loyalty/stickers" (rees46.md#loyalty).
"""

from __future__ import annotations

from pydantic import Field

from .loyalty_bonuses import Limit, Offset
from .loyalty_members import OfMember
from .operation import SUCCESS, Http, Operation, Shape


class Collected(Shape):
    """How many stickers of a campaign a member has."""

    campaign_id: int
    campaign_code: str | None = None
    campaign_name: str | None = None
    campaign_status: str | None = None
    amount: int


class Balance(OfMember, Operation[list[Collected]]):
    """Count the stickers that a member has, by campaign."""

    http = Http("GET", "/loyalty/stickers/balance", secret="parameter", envelope=SUCCESS, child="stickers")


class Sticker(Shape):
    """One sticker: by which order it was earned, and in which it was used, if it was."""

    campaign_id: int
    campaign_code: str | None = None
    campaign_name: str | None = None
    campaign_status: str | None = None
    used_in_order: str | None = None
    issued_by_order: str | None = None
    created_at: str | None = None


class History(OfMember, Operation[list[Sticker]]):
    """List a member's stickers one by one, newest first."""

    http = Http("GET", "/loyalty/stickers/history", secret="parameter", envelope=SUCCESS, child="transactions")

    limit: Limit | None = Field(None, description="At most so many rows, up to 50")
    offset: Offset | None = Field(None, description="Skip so many rows")
