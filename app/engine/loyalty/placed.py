"""How an order of the loyalty programme is listed, with the prices that were paid."""

from __future__ import annotations

from app.engine.store.loyalty_orders import LoyaltyOrder
from app.rees46.loyalty_checkout import BoughtItem, Placed


def placed(order: LoyaltyOrder, *, with_discounts: bool = False) -> Placed:
    """Describe an order; on wish with what each kind of discount took off."""
    result = order.result
    told = Placed(
        id=order.number,
        date=f"{order.at:%Y-%m-%d %H:%M:%S}",
        status=order.status,
        total=result["order_to_pay"],
        items=[
            BoughtItem(
                id=item["product_id"],
                name=item["name"],
                quantity=item["quantity"],
                price=item["total_after_discounts_per_product"],
            )
            for item in result["items"]
        ],
    )
    if with_discounts:
        told.discounts = {name: result[f"saved_by_{name}"] for name in ("discounts", "bonuses", "certificates")}
    return told
