"""Paid subscriptions of the loyalty programme: who has which plan until when, and what it saved them.

Source: newer documentation, "loyalty/subscriptions" (rees46.md#loyalty).
"""

from __future__ import annotations

from pydantic import Field, JsonValue

from .loyalty_checkout import Placed
from .loyalty_members import OfMember
from .operation import SUCCESS, Http, Operation, Shape
from .values import Day, Identifier


class Subscriber(Shape):
    """Somebody's plan; `active` is false once it is over."""

    identifier: str
    subscription: str | None = None
    plan: str | None = None
    active: bool | None = None
    paid_till: str | None = None
    limits_reset_date: str | None = None


class OfSubscription(OfMember):
    """Whose subscription, and which."""

    subscription: Identifier = Field(description="Code of the subscription")


class Members(Operation[list[Subscriber]]):
    """List who has or had a subscription."""

    http = Http("GET", "/loyalty/subscriptions/members", secret="parameter", envelope=SUCCESS, child="members")

    subscription: Identifier = Field(description="Code of the subscription")
    plan: Identifier | None = Field(None, description="Only this plan")


class Benefit(Shape):
    """What a subscription gives: a yes or no, a number, or promotions with what is left of their limits."""

    code: str
    name: str | None = None
    data_type: str | None = None
    value: JsonValue = None


class Standing(Shape):
    """Whether somebody has a subscription, and what it gives."""

    message: str | None = None
    member: bool
    benefits: list[Benefit] | None = None


class Status(OfSubscription, Operation[Standing]):
    """Tell whether somebody has a subscription now, and what it gives."""

    http = Http("GET", "/loyalty/subscriptions/members/status", secret="parameter", envelope=SUCCESS)


class Written(Shape):
    """The plan as it stands now."""

    message: str | None = None
    member: Subscriber


class Join(OfSubscription, Operation[Written]):
    """Give somebody a plan, or another one."""

    http = Http(
        "POST",
        "/loyalty/subscriptions/members/join",
        sends="json",
        secret="parameter",
        repeatable=True,
        envelope=SUCCESS,
    )

    plan: Identifier = Field(description="Code of the plan")
    paid_till: Day = Field(description="Last day that is paid for")
    limits_reset_date: Day = Field(description="The day on which the limits begin anew")


class Prolong(OfSubscription, Operation[Written]):
    """Let somebody's plan last longer."""

    http = Http(
        "PATCH",
        "/loyalty/subscriptions/members/prolong",
        sends="json",
        secret="parameter",
        repeatable=True,
        envelope=SUCCESS,
    )

    paid_till: Day = Field(description="Last day that is paid for")


class Leave(OfSubscription, Operation[Written]):
    """End somebody's plan today."""

    http = Http(
        "DELETE",
        "/loyalty/subscriptions/members/leave",
        sends="json",
        secret="parameter",
        repeatable=True,
        envelope=SUCCESS,
    )


class Month(Shape):
    """What a subscription saved in a month, which is named by its first day."""

    month: str
    orders: int | None = None
    saved: float | None = None


class Report(OfSubscription, Operation[list[Month]]):
    """Say what a subscription saved somebody, month by month."""

    http = Http("GET", "/loyalty/subscriptions/members/report", secret="parameter", envelope=SUCCESS, child="report")

    depth: int | None = Field(None, ge=0, le=12, description="How many months back")


class Orders(OfSubscription, Operation[list[Placed]]):
    """List the orders of somebody while they had the subscription."""

    http = Http("GET", "/loyalty/subscriptions/orders", secret="parameter", envelope=SUCCESS, child="orders")

    date_from: Day | None = Field(None, description="First day, YYYY-MM-DD")
    date_to: Day | None = Field(None, description="Last day, YYYY-MM-DD")
