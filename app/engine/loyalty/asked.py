"""Whose loyalty account a call is about, or a refusal in the vendor's words."""

from __future__ import annotations

from app.engine.answers import Refusal
from app.engine.store.db import Db
from app.engine.store.loyalty_members import LoyaltyMember, member_of, row_of

NOT_FOUND = "Loyalty program member is not found"


def asked_member(db: Db, identifier: str) -> LoyaltyMember:
    """Find a member of now."""
    member = member_of(db, identifier)
    if member is None:
        raise Refusal(404, NOT_FOUND)
    return member


def asked_account(db: Db, identifier: str) -> LoyaltyMember:
    """Find who is or was a member: what they had stays when they leave."""
    member = row_of(db, identifier)
    if member is None:
        raise Refusal(404, NOT_FOUND)
    return member
