"""Net Promoter Score: how likely customers are to recommend the shop, from 0 to 10, by process and by channel.

Rates of 9 and 10 are promoters, 7 and 8 passives, the rest detractors.
"""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import AliasChoices, BeforeValidator, ConfigDict, Field, PlainSerializer

from .identity import Identity, own_id
from .operation import DECIDES, Http, Operation, Shape, newer
from .replies import Done
from .values import CustomerId, Day, Email, Identifier, Phone

LOWEST, HIGHEST = 0, 10
MOST = 1000  # reviews in one answer
# Nineteen digits, more than a number of JSON holds in other languages; it is written as the number that it is.
ClientId = Annotated[str, PlainSerializer(lambda text: int(text) if text.isdecimal() else text, return_type=int | str)]


class Category(Shape):
    """A process that is rated, with questions and thanks by rate. Source: reference 000, "NPS categories"."""

    model_config = ConfigDict(frozen=True)

    id: int | None = None
    code: str
    name: str | None = None
    promoter_question: str | None = None
    passive_question: str | None = None
    detractor_question: str | None = None
    promoter_success: str | None = None
    passive_success: str | None = None
    detractor_success: str | None = None


class Categories(Operation[list[Category]]):
    """List the active categories; with an identifier the texts are personal."""

    http = Http("GET", "/nps/categories", child="categories")

    did: Identifier | None = Field(None, description="Device ID of the customer")
    email: Email | None = Field(None, description="E-mail address of the customer")
    phone: Phone | None = Field(None, description="Phone number of the customer")


class Channel(Shape):
    """A place where reviews come from. Source: reference 000, "NPS channels"."""

    model_config = ConfigDict(frozen=True)

    id: int | None = None
    code: str
    name: str | None = None


class Channels(Operation[list[Channel]]):
    """List the channels."""

    http = Http("GET", "/nps/channels", child="channels")


class Review(Shape):
    """A published review; channel and category are codes, client_id is REES46's own. Source: "NPS reviews".

    `created_at` is ISO 8601, UTC; it and the contacts are told by newer installations (rees46.md#nps).
    """

    model_config = ConfigDict(frozen=True)

    id: int | str | None = None
    channel: str | None = None
    category: str | None = None
    rate: Annotated[int | None, DECIDES] = None
    comment: str | None = None
    client_id: ClientId | None = None
    email: str | None = newer()
    phone: str | None = newer()
    created_at: str | None = newer()


class Reviews(Operation[list[Review]]):
    """List published reviews, newest first, 1,000 at most; there is no paging."""

    http = Http("GET", "/nps/reviews", secret="parameter", child="reviews")

    date_from: Day | None = Field(None, description="First day, YYYY-MM-DD")
    date_to: Day | None = Field(None, description="Last day, included, YYYY-MM-DD")
    channel: Identifier | None = Field(None, description="Code of the channel")
    category: Identifier | None = Field(None, description="Code of the category")


def _whole(rate: object) -> object:
    return rate.strip() if isinstance(rate, str) else rate


class Create(Identity, Operation[Done]):
    """Save a review. The same customer, channel, category and day: the review is changed, not added."""

    http = Http("POST", "/nps/create", sends="form", secret="parameter", device_will_do=True, repeatable=True)
    identifiers: ClassVar[tuple[str, ...]] = ("email", "phone", "did", "loyalty_id", "external_id", "order_id")

    loyalty_id: CustomerId = Field(None, description="Loyalty programme ID")
    external_id: CustomerId = own_id(sent_as="external_id")
    order_id: Identifier | None = Field(None, description="Order the review is about; alone it names the customer too")
    seance: Identifier | None = Field(
        None,
        validation_alias=AliasChoices("seance", "sid"),
        description="ID of the visit; SDKs send it with the did",
    )
    channel: Identifier = Field(description="Code of the channel")
    category: Identifier = Field(description="Code of the category")
    rate: Annotated[int, BeforeValidator(_whole)] = Field(ge=LOWEST, le=HIGHEST, description="0 to 10")
    comment: str | None = Field(None, max_length=10_000, description="Answer to the question that follows the rate")
