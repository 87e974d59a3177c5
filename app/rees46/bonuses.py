"""Bonuses: what the loyalty programme's own system says of accounts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, JsonValue, WithJsonSchema

from .identity import AnyIdentity
from .list_schema import Of
from .operation import Http, Operation
from .replies import Done
from .values import JsonText

Text = Annotated[str, Field(max_length=255)]
Amount = Annotated[float, Field(ge=-1e12, le=1e12, allow_inf_nan=False)]
Moment = Annotated[datetime, WithJsonSchema({"type": "string", "examples": ["2026-05-01 12:00:00"]})]


class Statement(AnyIdentity):
    """An element of `bonuses.Import`: the state of an account, and the change that led to it.

    Amounts are in bonuses, dates YYYY-MM-DD HH:MM:SS. `balance`, or else `total_balance`, becomes the balance that the
    profile shows, in whole bonuses. Source: reference 000, "Import bonuses status" (rees46.md#bonuses).
    """

    current_status: Text | None = None
    total_balance: Amount | None = None
    total_used: Amount | None = None
    total_burned: Amount | None = None
    total_cancelled: Amount | None = None
    total_inactive: Amount | None = None
    total_rewarded: Amount | None = None
    purchase_date: Moment | None = None
    event: Text | None = None
    order_id: Text | None = None
    bonus_status: Text | None = None
    amount_changed: Text | None = None
    activated_at: Moment | None = None
    expiration: Moment | None = None
    activity: Text | None = None
    balance: Amount | None = None


class Import(Operation[Done]):
    """Bring bonus accounts up to date.

    Each element is a Statement and names a customer, who is made if unknown. They are worked off in the background: one
    that is wrong is left out with its reason in the report and stops no other.
    """

    http = Http("POST", "/import/bonuses", sends="json", secret="parameter")

    bonuses: Annotated[list[dict[str, JsonValue]], Of(Statement), JsonText] = Field(
        min_length=1, description="The accounts"
    )
