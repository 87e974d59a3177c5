"""Blocks of recommended products. What a block shows is decided by its rule, which the shop sets up for its code."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import AliasChoices, BeforeValidator, Field, model_validator

from .operation import Http, Operation, Shape, newer
from .product_attributes import InCategory, Param, ProductAttributes
from .values import CsvList, Email, Flag, Identifier

MOST = 1000  # products on one page
Ids = Annotated[list[Identifier], CsvList]
Size = Annotated[
    Literal[120, 140, 160, 180, 200, 220, 310, 520],
    BeforeValidator(lambda value: int(value) if isinstance(value, str) and value.isdecimal() else value),
]


class Product(ProductAttributes):
    """A recommended product; money is in `currency`, `url` says that a click came from this block."""

    id: str
    name: str | None = None
    price: float | None = None
    oldprice: float | None = None
    discount_percent: int | None = None
    currency: str | None = None
    price_formatted: str | None = None
    url: str | None = None
    picture: str | None = None
    image_url: str | None = None
    image_url_resized: dict[str, str] = {}
    brand: str | None = None
    barcode: str | None = None
    categories: list[str | InCategory] = []
    category_ids: list[str] | None = newer()
    params: list[Param] | None = newer()
    is_new: bool | None = newer()


class Block(Shape):
    """What a block shows: IDs of products, or with `extended` all that is known of them.

    Newer clients read `recommends`, which is the same list. `html` is a template of the box's own, everything in it
    escaped. Source: reference 000, "Request product recommendations" (rees46.md#recommendations).
    """

    html: str | None = None
    title: str | None = None
    products: list[str | Product] = []
    id: int | None = None
    recommends: list[str | Product] = []
    link: str | None = newer()
    code: str | None = newer()

    @model_validator(mode="before")
    @classmethod
    def _either(cls, block: Any) -> Any:
        """Take the list by either of its names."""
        if not isinstance(block, dict) or ("products" in block and "recommends" in block):
            return block
        listed = block.get("products", block.get("recommends"))
        if listed is None:
            raise ValueError("A block has a list of products")
        return {**block, "products": listed, "recommends": listed}


class Recommend(Operation[Block]):
    """Give the products of a block. Only what is in stock and not ignored is ever shown.

    Rules: popular products, of a category if one is named; similar to a product, or bought along with it, which need
    `item_id`; chosen by others after a `search_query`, or found by it where nobody asked it yet; viewed recently by
    this visitor; personal. The products come shuffled unless `prevent_shuffle` is sent. 404 if there is no such block,
    400 without what its rule needs. Whoever has no device at hand is named by e-mail.
    """

    http = Http("GET", "/recommend/{recommender_code}", child="recommender_block")
    identifiers: ClassVar[tuple[str, ...]] = ("email", "did")

    recommender_code: Identifier = Field(description="Code of the block")
    did: Identifier | None = Field(None, description="Device ID of the visitor")
    email: Email | None = Field(None, description="E-mail address of the customer, in place of a device")
    seance: Identifier | None = Field(
        None, validation_alias=AliasChoices("seance", "sid"), description="ID of the visit"
    )
    segment: Identifier | None = Field(None, description="Letter of the A/B test, A or B")
    item_id: Identifier | None = Field(
        None, validation_alias=AliasChoices("item_id", "item"), description="ID of the product on the page"
    )
    exclude: Ids = Field([], description="IDs of products to leave out")
    category: Identifier | None = Field(None, description="ID of the category on the page")
    categories: Ids = Field([], description="Only products in one of these categories")
    search_query: Annotated[str, Field(max_length=1000)] | None = Field(None, description="What was searched for")
    limit: int | None = Field(None, ge=1, le=MOST, description="How many products; without it as many as the block has")
    page: int = Field(1, ge=1, le=MOST, description="Which page of so many")
    locations: Ids = Field([], description="Only products available at one of these locations")
    brands: Ids = Field([], description="Only products of one of these brands")
    exclude_brands: Ids = Field([], description="Brands to leave out")
    discount: Flag = Field(False, description="Only products whose old price is higher")
    extended: Flag = Field(False, description="Give all that is known of the products, not their IDs alone")
    with_locations: Flag = Field(False, description="Tell with `extended` in which locations each product is in stock")
    prevent_shuffle: Flag = Field(False, description="Keep the order")
    resize_image: Size | None = Field(None, description="Width of the pictures in pixels")
