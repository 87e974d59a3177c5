"""Bonuses of the loyalty programme: the balance of a member, every movement, gifts for events and their taking back.

Source: newer documentation, "loyalty/bonuses" (rees46.md#loyalty).
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, model_validator

from .loyalty_members import Event, OfMember
from .operation import DECIDES, SUCCESS, Http, Operation, Shape, newer
from .replies import Done
from .values import Day

MOST = 50  # rows of one page
Told = Annotated[float | None, DECIDES]
Limit = Annotated[int, Field(ge=1, le=MOST)]
Offset = Annotated[int, Field(ge=0, le=10_000_000)]
Number = Annotated[int, Field(ge=1, le=2_147_483_647)]
Amount = Annotated[int, Field(ge=1, le=1_000_000_000)]


class Balance(Shape):
    """What a member can spend, what is still to become active, and what ends until a day."""

    active: Told = None
    pending: Told = None
    expiring: Told = None
    expire_in: str | None = None


class ReadBalance(OfMember, Operation[Balance]):
    """Read the bonuses of a member."""

    http = Http("GET", "/loyalty/bonuses/balance", secret="parameter", envelope=SUCCESS, child="balance")

    expire_in: Day | None = Field(None, description="The day until which `expiring` looks; left out: in two weeks")


class Movement(Shape):
    """Bonuses that came or went: an amount below 0 was spent. What it was for: an order, or an event by its name."""

    id: int | None = newer()
    date: str | None = None
    status: str | None = None
    event_source: str | None = None
    event: str | None = None
    order_id: str | None = None
    amount: float
    activation_date: str | None = None
    expiration_date: str | None = None


class History(OfMember, Operation[list[Movement]]):
    """List the movements of a member's bonuses, newest first."""

    http = Http("GET", "/loyalty/bonuses/history", secret="parameter", envelope=SUCCESS, child="transactions")

    limit: Limit | None = Field(None, description="At most so many rows, up to 50")
    offset: Offset | None = Field(None, description="Skip so many rows")
    status: str | None = Field(
        None, max_length=16, description="Only these: pending, confirmed, spent, cancelled, expired"
    )
    created_date_from: Day | None = Field(None, description="First day on which they were written down")
    created_date_to: Day | None = Field(None, description="Last day on which they were written down")
    activation_date_from: Day | None = Field(None, description="First day on which they become active")
    activation_date_to: Day | None = Field(None, description="Last day on which they become active")
    expiration_date_from: Day | None = Field(None, description="First day on which they end")
    expiration_date_to: Day | None = Field(None, description="Last day on which they end")


class EventMovement(Shape):
    """Bonuses that were given for an event; `id` is what takes them back, while `cancellable`."""

    id: int
    status: str | None = None
    event: str | None = None
    amount: float
    remaining_amount: float | None = None
    date: str | None = None
    activation_date: str | None = None
    expiration_date: str | None = None
    cancellable: Annotated[bool | None, DECIDES] = None


class EventHistory(OfMember, Operation[list[EventMovement]]):
    """List the bonuses that were given to a member for events, newest first."""

    http = Http(
        "GET", "/loyalty/bonuses/event_bonus_history", secret="parameter", envelope=SUCCESS, child="transactions"
    )

    limit: Limit | None = Field(None, description="At most so many rows, up to 50")
    offset: Offset | None = Field(None, description="Skip so many rows")


class Rewarded(Done):
    """The number of what was given; it takes it back."""

    transaction_id: int


REWARD_PATH = "/loyalty/basic/event_bonus"  # announced to move (rees46.md#loyalty)


class Reward(OfMember, Operation[Rewarded]):
    """Give bonuses to a member for an event; each event gives to a member once."""

    http = Http("POST", REWARD_PATH, sends="json", secret="parameter")

    event: Event = Field(description="What it is for, in Latin letters and digits")
    amount: Amount = Field(description="How many bonuses")
    expire_in: Day | None = Field(None, description="The day on which they end; left out: as the programme says")


class Cancel(OfMember, Operation[Done]):
    """Take bonuses back that were given for an event, as far as they are not spent."""

    http = Http(
        "PATCH", "/loyalty/bonuses/cancel", sends="json", secret="parameter", repeatable=True, announced=SUCCESS
    )

    transaction_id: Number = Field(description="Number of what was given")
    id: Number = Field(description="The same number: the vendor's sample calls it so, its table the other way")

    @model_validator(mode="before")
    @classmethod
    def _both(cls, params: Any) -> Any:
        """Take either name, and send both."""
        if not isinstance(params, dict):
            return params
        number = params.get("transaction_id", params.get("id"))
        return params | {"transaction_id": number, "id": number}
