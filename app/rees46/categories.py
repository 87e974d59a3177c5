"""Categories of the catalogue: imported in the background, read as a tree."""

from __future__ import annotations

from typing import Annotated

from pydantic import AliasChoices, Field, JsonValue

from .catalogue_imports import WEBHOOK, catalogue_import
from .list_schema import Of
from .operation import Http, Operation, Shape
from .values import CsvList, Flag, Identifier, JsonText, Name
from .webhooks import Address

Element = dict[str, JsonValue]
LARGEST_DEPTH = 1000
Depth = Annotated[int, Field(ge=0, le=LARGEST_DEPTH)]


class Category(Shape):
    """A category as it is imported. The parent may come later in the list, or in another import.

    Without a url the standard template of the instant search does not show it; the API answers it all the same.
    Source: reference 002, "Загрузка категорий" (rees46.md#categories). It is checked in the background, one by one.
    """

    id: Identifier
    name: Name
    parent: Identifier | None = None
    url: str | None = None
    alias: str | None = None


class Import(Operation[None]):
    """Replace the tree of categories: the listed ones are made or changed, all others are deleted.

    Each element is a Category. A bare ID stands for a category that is known already, and keeps it.
    """

    http = catalogue_import("POST", "/import/categories", "categories")

    categories: Annotated[list[Element | Identifier], Of(Category), JsonText] = Field(description="The categories")
    webhook: Address | None = WEBHOOK


class Update(Operation[None]):
    """Make or change the listed categories, and leave all others as they are."""

    http = catalogue_import("PUT", "/import/categories", "categories")

    categories: Annotated[list[Element | Identifier], Of(Category), JsonText] = Field(description="The categories")
    webhook: Address | None = WEBHOOK


class Remove(Operation[None]):
    """Delete the listed categories. What hung below them hangs on nothing, until an import says otherwise."""

    http = catalogue_import("DELETE", "/import/categories", "categories")

    categories: Annotated[list[Identifier], JsonText] = Field(description="IDs of the categories")
    webhook: Address | None = WEBHOOK


class Node(Shape):
    """A category in the tree. `id` and `parent_id` are the platform's own numbers, the external ones are the shop's.

    Source: reference 000, "Get categories tree" (rees46.md#category-tree).
    """

    id: int
    external_id: str
    name: str
    url: str | None = None
    parent_id: int | None = None
    parent_external_id: str | None = None
    children: list[Node] = []


class Tree(Operation[list[Node]]):
    """Read the tree of categories, the roots first.

    `depth` 0 gives the roots alone, 1 their children too, and so on; without it ten levels below them. An excluded
    category takes what is below it along. With `only_discount` those stay that lead to a product whose old price is
    higher than its price, with `locations` those that lead to a product in stock there.
    """

    http = Http("GET", "/products/categories", secret="parameter", also=("POST /products/categories",))

    depth: Depth = Field(10, description="How many levels below the roots")
    exclude: Annotated[list[Identifier], CsvList] = Field(
        [], validation_alias=AliasChoices("exclude", "exclude_categories"), description="IDs of categories to leave out"
    )
    only_discount: Flag = Field(False, description="Only categories with reduced products")
    locations: Annotated[list[Identifier], CsvList] = Field(
        [], description="Only categories with products in stock in one of these locations"
    )
