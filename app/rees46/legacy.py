"""The oldest dialect of the API, in which shop modules of CS-Cart, PrestaShop, OpenCart and others still speak.

The reference does not print it. The facts are those of the modules' own requests (rees46.md#legacy, rees46.md#clients):
a session is an `ssid`, recommendations are bare IDs, and what was accepted is answered with the word OK.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BeforeValidator, Field, JsonValue

from .list_schema import Of
from .operation import Http, Operation
from .orders import Order
from .recommendations import Ids
from .values import Identifier, JsonText

MOST = 199  # products of one answer
Ok = Literal["OK"]
Kind = Literal["popular", "recently_viewed", "interesting", "also_bought", "similar", "see_also", "buying_now"]


def _several(value: Any) -> Any:
    """Take an order that stands alone, as one module sends it, for a list of one."""
    return [value] if isinstance(value, dict) else value


class GenerateSsid(Operation[str]):
    """Register a device under an ID that nobody has: 36 characters of text, which later calls send as `ssid`."""

    http = Http("GET", "/generate_ssid", reads=False, repeatable=True, replies="text")


class Recommend(Operation[list[str]]):
    """Recommend products by the kind of list: the bare IDs of products in stock, the best first.

    `interesting` is for this visitor; `similar` and `also_bought` need a product, and `see_also` is what goes with all
    that lies in the cart. `buying_now` is what the shop sells most. What lies in the cart is never recommended.
    """

    http = Http("GET", "/recommend")

    recommender_type: Kind = Field(description="Kind of the list")
    ssid: Identifier | None = Field(None, validation_alias=AliasChoices("ssid", "did"), description="Device ID")
    item_id: Identifier | None = Field(
        None, validation_alias=AliasChoices("item_id", "item"), description="ID of the product on the page"
    )
    category: Identifier | None = Field(
        None, validation_alias=AliasChoices("category", "category_id"), description="ID of the category on the page"
    )
    cart_item_id: Ids = Field([], description="IDs of the products in the cart")
    limit: int = Field(10, ge=1, le=MOST, description="How many products")


class SyncOrders(Operation[Ok]):
    """Add orders or bring their statuses up to date, as orders.Sync does.

    Modules send `id`, `user_id`, `date` and `items` to add, and `id` with a `status` of 0 (new), 1 (completed) or
    2 (cancelled), or of their own, to change.
    """

    http = Http(
        "POST",
        "/import/sync_orders",
        sends="json",
        secret="parameter",
        repeatable=True,
        replies="text",
        also=("POST /import/orders",),
    )

    orders: Annotated[list[dict[str, JsonValue]], Of(Order), BeforeValidator(_several), JsonText] = Field(
        min_length=1, description="The orders"
    )


class Disable(Operation[Ok]):
    """Take products out of stock at once, so that nothing recommends them. What the catalogue does not know stays so.

    Modules call it when a product that was recommended to them is gone.
    """

    http = Http(
        "POST",
        "/import/disable",
        sends="json",
        secret="parameter",
        repeatable=True,
        replies="text",
        also=("GET /import/disable",),
    )

    item_ids: Ids = Field(min_length=1, max_length=1000, description="IDs of the products")
