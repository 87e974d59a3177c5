"""Predictions: how likely a visitor is to buy."""

from __future__ import annotations

from typing import Annotated

from .identity import AnyIdentity
from .operation import DECIDES, Http, Operation, Shape
from .sessions import Stream


class Probability(Shape):
    """How likely, from 0 to 1, and who: `client_id` is REES46's own number."""

    probability: Annotated[float | None, DECIDES] = None
    client_id: str | None = None


class ProbabilityToPurchase(AnyIdentity, Operation[Probability]):
    """Tell how likely a visitor is to buy, by what they did lately. Source: newer documentation, "predict".

    The box weighs what it has seen in a week (rees46.md#predictions).
    """

    http = Http("GET", "/predict/probability-to-purchase")

    stream: str | None = Stream
