"""The orders of a customer with all that REES46 tells: how they were paid and delivered, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.rees46.orders import ByUser
from app.web.filters import money
from app.web.panels.offered import NotOffered, ask_if_offered

if TYPE_CHECKING:
    from pydantic import JsonValue

    from app.rees46.placed_orders import Bought, Placed
    from app.store.customers import KnownCustomer

Facts = list[tuple[str, str]]


def placed_by(customer: KnownCustomer) -> list[Placed] | None:
    """List the orders, newest first; None where the shop has no such call, and the profile has to do."""
    try:
        found = ask_if_offered(ByUser.from_form(customer.identity))
    except NotOffered:
        return None
    return newest_first(found)


def newest_first(orders: list[Placed]) -> list[Placed]:
    return sorted(orders, key=lambda order: order.date or "", reverse=True)


@dataclass(frozen=True)
class Piece:
    """A line of an order: what was paid, and what the catalogue says of the product now."""

    name: str
    amount: int | None
    price: float | None
    picture: str | None = None
    now: float | None = None  # today's price
    stock: bool | None = None
    id: str = ""


def piece_of(line: Bought) -> Piece:
    """Say what was bought; of a product that the catalogue has forgotten only ID and name are known."""
    item = line.item
    picture = item.picture or item.image_url
    stock = None if item.stock_quantity is None else item.stock_quantity > 0
    return Piece(item.name or item.id, line.amount, line.price, picture, item.price, stock, item.id)


def payment_of(order: Placed) -> Facts:
    """Say how an order was paid: the parts of its price, wherever they stand, and the way."""
    parts = order.payment_structure or {}
    told: dict[str, JsonValue] = {
        "cash": parts.get("cash", order.cash_value),
        "bonuses": parts.get("bonuses", order.bonuses_value),
        "delivery": parts.get("delivery", order.delivery_value),
        "discount": parts.get("discount"),
    }
    names = {"cash": _("Money"), "bonuses": _("Bonuses"), "delivery": _("Delivery"), "discount": _("Discount")}
    amounts = [(names[name], _amount(value)) for name, value in told.items() if value is not None]
    others = [(name, _amount(value)) for name, value in parts.items() if name not in names and value is not None]
    said = [
        (_("Paid by"), order.payment_type),
        (_("Card"), order.payment_card_provider),
        (_("Bank of the card"), order.bank_issuer),
        (_("Bank of the shop"), order.bank_pos_processor),
        (_("Programme of the bank"), order.bank_loyalty_program),
        (_("Instalments"), _amount(order.bank_total_installment)),
        (_("Promo code"), order.promocode),
        (_("Tax free"), _("yes") if order.tax_free else ""),
    ]
    return [*amounts, *others, *_filled(said)]


def delivery_of(order: Placed) -> Facts:
    """Say how and where it goes, and where it was placed."""
    said = [
        (_("Delivery"), order.delivery_type),
        (_("Address"), order.delivery_address),
        (_("Delivered on"), order.delivery_date),
        (_("Gift wrapping"), _("yes") if order.gift_package else ""),
        (_("Placed over"), order.channel),
        (_("In a store"), _("yes") if order.offline else ""),
        (_("Location"), order.location_id),
    ]
    own = [(name, str(value)) for name, value in (order.custom_properties or {}).items()]
    return [*_filled(said), *own]


def notes_of(line: Bought) -> list[str]:
    """Say what is known of a line besides its price."""
    said = [
        (_("before discounts"), _amount(line.original_price)),
        (_("discount of the programme"), _amount(line.discount_product)),
        (_("discount of the code"), _amount(line.discount_coupon)),
        (_("paid by bonuses"), _amount(line.discount_bonuses)),
        (_("brought by"), line.delivery_company),
        (_("reason"), line.cancel_reason),
    ]
    return [f"{name}: {value}" for name, value in _filled(said)]


def _filled(said: list[tuple[str, str | None]]) -> Facts:
    return [(name, value) for name, value in said if value]


def _amount(value: JsonValue) -> str:
    """Write an amount; what is none stays as it was told."""
    if value is None or isinstance(value, bool):
        return ""
    return money(float(value)) if isinstance(value, int | float) else str(value)
