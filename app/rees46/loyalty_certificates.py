"""Certificates: gifts that pay for a part of orders; the pool they come from says what they are worth.

Source: newer documentation, "loyalty/certificates" (rees46.md#loyalty).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, JsonValue

from .loyalty_members import OfMember
from .operation import STATUS, SUCCESS, Http, Operation, Shape, newer
from .values import Day, Identifier, Phone

Nominal = Annotated[float, Field(gt=0, le=1e9, allow_inf_nan=False)]


class Certificate(Shape):
    """A certificate; `code` spends it and is secret. `status`: created, active, blocked, deactivated, expired."""

    id: int | None = None
    status: str | None = None
    code: str
    nominal: float | None = None
    balance: float | None = None
    owner_identifier: str | None = None
    owner_name: str | None = None
    buyer_identifier: str | None = None
    created_date: str | None = None
    activated_date: str | None = None
    deactivated_date: str | None = None
    expiration_date: str | None = None
    planned_activation_date: str | None = None
    batch: str | None = None


class Pool(Shape):
    """What certificates come from: the rules they have in common."""

    id: int | None = None
    status: str | None = None
    name: str | None = None
    description: str | None = None
    nominal: float | None = None
    flexible_nominal: bool | float | None = None
    max_flexible_nominal: float | None = None
    personal: bool | None = None
    code: str | None = None
    expiration_days: int | None = None
    streams: list[str] | None = None
    location_ids: list[str] | None = None
    min_order_value: float | None = None
    payable_order_share: float | None = None
    exclude_products: list[JsonValue] | None = None
    promo: bool | None = None
    activation_delay: int | None = None


class InPool(Shape):
    """A certificate and its pool."""

    certificate: Certificate
    pool: Pool | None = None


class ByUser(OfMember, Operation[list[InPool]]):
    """List the certificates of a member."""

    http = Http("GET", "/loyalty/certificates/by-user", secret="parameter", envelope=SUCCESS, child="certificates")


class OfPool(Shape):
    """Certificates of one pool."""

    certificates: list[Certificate]
    pool: Pool | None = None


class List(Operation[OfPool]):
    """List the certificates of a pool to which something happened within some days."""

    http = Http("GET", "/loyalty/certificates", secret="parameter", envelope=STATUS)

    code: Identifier = Field(description="Code of the pool")
    event: Literal["created", "activated", "deactivated"] = Field(description="What happened to them")
    date_from: Day = Field(description="First day, YYYY-MM-DD")
    date_to: Day = Field(description="Last day, YYYY-MM-DD")


class Create(OfMember, Operation[InPool]):
    """Make a certificate of a pool for somebody; it is to be activated yet."""

    http = Http("POST", "/loyalty/certificates", sends="json", secret="parameter", envelope=SUCCESS)

    code: Identifier = Field(description="Code of the pool")
    nominal: Nominal | None = Field(None, description="What it is worth, where the pool lets one choose")


class OfCertificate(Shape):
    """Which certificate."""

    code: Identifier = Field(description="Code of the certificate")


class Activate(OfCertificate, Operation[InPool]):
    """Let a certificate be spent from now on."""

    http = Http(
        "PATCH", "/loyalty/certificates/activate", sends="json", secret="parameter", repeatable=True, envelope=SUCCESS
    )

    nominal: Nominal | None = Field(None, description="What it is worth, where the pool lets one choose")
    owner_identifier: Phone | None = Field(None, description="Phone number of whoever gets it")
    owner_name: Annotated[str, Field(max_length=255)] | None = Field(None, description="Name of whoever gets it")


class Block(OfCertificate, Operation[InPool]):
    """Stop a certificate from being spent, until it is unblocked."""

    http = Http(
        "PATCH", "/loyalty/certificates/block", sends="json", secret="parameter", repeatable=True, envelope=SUCCESS
    )


class Unblock(OfCertificate, Operation[InPool]):
    """Let a blocked certificate be spent again."""

    http = Http(
        "PATCH", "/loyalty/certificates/unblock", sends="json", secret="parameter", repeatable=True, envelope=SUCCESS
    )


class Deactivate(OfCertificate, Operation[InPool]):
    """Stop a certificate for ever."""

    http = Http(
        "PATCH", "/loyalty/certificates/deactivate", sends="json", secret="parameter", repeatable=True, envelope=SUCCESS
    )


class Balance(OfCertificate, Operation[InPool]):
    """Read a certificate."""

    http = Http("GET", "/loyalty/certificates/balance", secret="parameter", envelope=SUCCESS)


class Movement(Shape):
    """What went off a certificate or onto it; an amount below 0 was spent."""

    id: int
    amount: float
    event: str | None = None
    order_id: str | None = None
    identifier: str | None = None
    product_id: str | None = None
    uniqid: str | None = newer()


class WithMovements(InPool):
    """A certificate and all that happened to it."""

    transactions: list[Movement]


class Transactions(OfCertificate, Operation[WithMovements]):
    """List what went off a certificate or onto it."""

    http = Http("GET", "/loyalty/certificates/transactions", secret="parameter", envelope=SUCCESS)
