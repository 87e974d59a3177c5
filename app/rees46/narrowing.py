"""What searches and listings may be narrowed and sorted by. Several values of one parameter widen it."""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal
from urllib.parse import unquote

from pydantic import AliasChoices, BeforeValidator, Field

from .shape import Shape
from .values import CsvList, Flag, Identifier, JsonText, lower

ABSENT: tuple[Any, ...] = (None, "", [])
ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")


def _opened(value: Any) -> Any:
    """Undo the double encoding of one SDK, which leaves `{"Color"%3A["red"]}` where JSON is due."""
    if not isinstance(value, str) or not ENCODED.search(value):
        return value
    try:
        json.loads(value)
    except (ValueError, RecursionError):
        return unquote(value)
    return value


def _lists(value: Any) -> Any:
    """Take one value of a filter for a list of one; a filter without values, as when all are unticked, for none."""
    if not isinstance(value, dict):
        return value
    return {
        name: chosen if isinstance(chosen, list) else [chosen] for name, chosen in value.items() if chosen not in ABSENT
    }


Ids = Annotated[list[Identifier], CsvList]
Filters = Annotated[dict[str, list[str]], BeforeValidator(_lists), JsonText, BeforeValidator(_opened)]
Price = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Sort = Annotated[
    Literal["popular", "price", "discount", "sales_rate", "date", "price_margin", "rating", "relevance"],
    BeforeValidator(lower),
]


class Narrowing(Shape):
    """Source: reference 000, "Search"; the newer ones DU "search/full/api" (rees46.md#search)."""

    brands: Ids = Field([], description="Only products of these brands (names)")
    excluded_brands: Ids = Field(
        [],
        validation_alias=AliasChoices("excluded_brands", "exclude_brands"),
        description="No products of these brands (names)",
    )
    merchants: Ids = Field([], description="Only products that one of these merchants sells")
    excluded_merchants: Ids = Field(
        [],
        validation_alias=AliasChoices("excluded_merchants", "excludedMerchants"),
        description="No products that nobody but these merchants sells",
    )
    locations: Ids = Field([], description="Only products in stock in these locations (IDs)")
    colors: Ids = Field([], description="Only products in these colours")
    fashion_sizes: Ids = Field([], description="Only products in these sizes")
    filters: Filters = Field({}, description='Only products with these properties: {"bluetooth": ["yes"]}')
    price_min: Price | None = Field(None, description="Lowest price")
    price_max: Price | None = Field(None, description="Highest price")
    discount: Flag | None = Field(None, description="Only reduced products; false: only those that are not")
    exclude: Ids = Field([], description="IDs of products to leave out")
    collapse: Flag | None = Field(None, description="One product of those with the same group_id; false: each of them")
    sort_by: Sort | None = Field(None, description="What decides the order; the best match first if not said")
    sort_dir: Annotated[Literal["asc", "desc"], BeforeValidator(lower)] = Field(
        "desc", validation_alias=AliasChoices("sort_dir", "order"), description="asc or desc"
    )
    brand_limit: int = Field(1000, ge=0, le=10_000, description="Most brands to give")
    filters_search_by: Annotated[Literal["name", "quantity", "popularity"], BeforeValidator(lower)] | None = Field(
        None, description="Order of the filters; by priority if not said"
    )

    def is_narrowed(self) -> bool:
        """Tell whether anything here leaves out products."""
        several = (self.brands, self.excluded_brands, self.merchants, self.excluded_merchants, self.locations)
        more = (self.colors, self.fashion_sizes, self.filters, self.exclude)
        one = (self.price_min, self.price_max, self.discount)
        return any(several) or any(more) or any(value is not None for value in one)
