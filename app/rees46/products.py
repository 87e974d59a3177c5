"""Products of the catalogue: imported in the background, read one by one."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AliasChoices, BeforeValidator, Field, JsonValue

from .catalogue_imports import WEBHOOK, catalogue_import
from .items import Item
from .list_schema import Of
from .operation import DATA, DECIDES, Http, Operation, Shape, newer
from .product_attributes import InCategory, Param, ProductAttributes
from .values import Identifier, JsonText, upper
from .webhooks import Address

Element = dict[str, JsonValue]
Method = Literal["PUT", "PATCH", "DELETE"]
MOST_NOT_SHOWN = 1000


class Put(Operation[None]):
    """Add products or change those that are known, without touching any other.

    Each element is an Item; one that is wrong is left out and stops no other. A product that is sent again is what the
    new item says, nothing of the old one stays. At most 5,000 in one call are advised. Old exporters send a POST and
    say in `method` what they mean: PATCH is products.Sync, DELETE is products.Remove.
    """

    http = catalogue_import("PUT", "/import/products", "items", also=("POST /import/products",))

    items: Annotated[list[Element | Identifier], Of(Item), JsonText] = Field(description="The products")
    webhook: Address | None = WEBHOOK
    method: Annotated[Method, BeforeValidator(upper)] = Field("PUT", description="What a POST means")


class Sync(Operation[None]):
    """Say which products are in stock: the listed ones are, all others of the shop are not. None listed: none is."""

    http = catalogue_import("PATCH", "/import/products", "items")

    items: Annotated[list[Identifier], JsonText] = Field(description="IDs of the products in stock")
    webhook: Address | None = WEBHOOK


class Remove(Operation[None]):
    """Mark the listed products as not in stock. They are not deleted: orders and statistics name them."""

    http = catalogue_import("DELETE", "/import/products", "items")

    items: Annotated[list[Identifier], JsonText] = Field(description="IDs of the products")
    webhook: Address | None = WEBHOOK


class Product(ProductAttributes):
    """What everybody may know of a product; money is in `currency`. Source: reference 000, "Get product info".

    The reference prints the first six keys, newer documentation the others (rees46.md#products). Categories that the
    catalogue does not know stand in `category_ids` alone.
    """

    name: str | None = None
    description: str | None = None
    price: float | None = None
    currency: str | None = None
    url: str | None = None
    picture: str | None = None
    id: str | None = None
    uniqid: str | None = None
    brand: str | None = None
    oldprice: float | None = None
    discount_percent: int | None = None
    barcode: str | None = None
    group_id: str | None = None
    is_available: bool | None = None
    category_ids: list[str] = []
    categories: list[InCategory] = []
    params: list[Param] = []
    image_url: str | None = None
    price_formatted: str | None = None
    is_new: bool | None = newer()
    image_url_resized: dict[str, str] | None = newer()
    discount: bool | float | None = newer()


class Read(Operation[Product]):
    """Read one product by the shop's ID."""

    http = Http("GET", "/products/get", child="product")

    item_id: Identifier = Field(validation_alias=AliasChoices("item_id", "item"), description="ID of the product")


class NotShown(Shape):
    """A product that lacks something without which it is not shown."""

    uniqid: str = Field(validation_alias=AliasChoices("uniqid", "id"))
    price: float | None = None
    name: str | None = None
    url: str | None = None
    image_url: str | None = None
    image_downloading_error: str | None = None


class AllNotShown(Shape):
    """How many products are not shown, and which."""

    total: Annotated[int | None, DECIDES] = None
    items: list[NotShown] = []


class NotWidgetable(Operation[AllNotShown]):
    """List the products that are in stock and shown nowhere: without a price, a name, a URL or a category.

    Source: newer documentation, "products/not_widgetable" (rees46.md#products). At most 1,000 are listed.
    """

    http = Http("GET", "/products/not_widgetable", secret="parameter", envelope=DATA)


class Activity(Shape):
    """How often visitors looked at a product, put it into the cart, and bought it."""

    view: int | None = None
    cart: int | None = None
    purchase: int | None = None


class Waiting(Shape):
    """How many customers wait for a product to come back, and for a lower price of it."""

    back_in_stock: int | None = None
    price_drop: int | None = None


class Counted(Shape):
    """What happens with a product: in the last 24 hours, in the last 30 minutes, and who waits for it."""

    daily: Activity
    now: Activity
    triggers: Waiting


class Counters(Operation[Counted]):
    """Count what visitors did with a product. 404 when the catalogue does not know it.

    Source: newer documentation, "products/counters" (rees46.md#newer-documents).
    """

    http = Http("GET", "/products/counters", child="counters")

    item: Identifier = Field(validation_alias=AliasChoices("item", "item_id"), description="ID of the product")
