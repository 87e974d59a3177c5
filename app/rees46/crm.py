"""CRM: many customers at once."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from .operation import Http, Operation, Shape
from .values import JsonText

Key = Literal["loyalty_id", "birthday", "email", "phone", "external_id"]


class Found(Shape):
    """A customer in the search, 24 keys; unknown values are null. Source: reference 000 (rees46.md#customer-search)."""

    email: str | None = None
    external_id: str | None = None
    phone: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    gender: str | None = None
    age: int | None = None
    birthday: str | None = None
    location: str | None = None
    email_bulk: bool | None = None
    email_chain: bool | None = None
    email_transactional: bool | None = None
    web_push: bool | None = None
    mobile_push: bool | None = None
    sms_bulk: bool | None = None
    sms_chain: bool | None = None
    sms_transactional: bool | None = None
    loyalty_id: str | None = None
    loyalty_location: str | None = None
    loyalty_status: str | None = None
    loyalty_bonuses: int | None = None
    loyalty_bonuses_to_next_level: int | None = None
    created_date: str | None = None
    device: str | None = None


class Search(Operation[list[Found]]):
    """Find customers by a list of keys of one kind; those not found are simply absent.

    By birthday only the first five valid dates count, others are skipped in silence.
    """

    http = Http("POST", "/crm/search/bulk", sends="json", secret="parameter", reads=True)

    by: Key = Field(description="Kind of the keys: loyalty_id, birthday, email, phone or external_id")
    ids: Annotated[list[str], JsonText] = Field(description="The keys")
