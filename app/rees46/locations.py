"""Locations of the catalogue: where a product may be in stock, and at which price."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, JsonValue, WithJsonSchema

from .catalogue_imports import WEBHOOK, catalogue_import
from .list_schema import Of
from .operation import Operation, Shape
from .values import Identifier, JsonText, Name, Whole
from .webhooks import Address

Element = dict[str, JsonValue]


def _several(value: Any) -> Any:
    """Take one for a list of one."""
    if value in (None, ""):
        return []
    return value if isinstance(value, list) else [value]


Group = Annotated[
    list[Identifier],
    BeforeValidator(_several),
    WithJsonSchema({"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "string"}]}),
]


class Location(Shape):
    """A location as it is imported. A missing parent is none, and it may come later in the list.

    Source: reference 002, "Загрузка локаций" (rees46.md#locations). It is checked in the background, one by one.
    """

    id: Identifier
    name: Name
    parent: Identifier | None = None
    type: Annotated[str, Field(max_length=255)] | None = None
    group: Group = []
    discount_percent: Annotated[float, Field(ge=0, le=100)] | None = None
    search_level_up: Whole | None = None


class Import(Operation[None]):
    """Make or change the listed locations; those that are not listed stay as they are.

    Each element is a Location. A bare ID stands for a location that is known already, and keeps it.
    """

    http = catalogue_import("POST", "/import/locations", "locations")

    locations: Annotated[list[Element | Identifier], Of(Location), JsonText] = Field(description="The locations")
    webhook: Address | None = WEBHOOK
