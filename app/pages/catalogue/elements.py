"""From a row of a file to an element as REES46 is sent it: every value read, every fault named.

A fault of a mandatory property leaves the row out; any other leaves out that property alone, or is only told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import msgspec
from pydantic import BaseModel, ValidationError

from app.pages.catalogue.cells import clean, too_deep
from app.pages.catalogue.formats.tables import WIDE
from app.pages.catalogue.targets import MANDATORY, OF_KIND, PARAM
from app.rees46.categories import Category
from app.rees46.items import LONGEST_PICTURE, Item
from app.rees46.locations import Location
from app.web.cells.tidying import Unfit, is_empty
from app.web.cells.urls import read_url

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import JsonValue

    from app.pages.catalogue.formats import Row

MOST_PARTS = 20  # that may be wrong before the row is taken for something else
PLACE = re.compile(r"`\$\.(\w+)")  # where msgspec found a fault
UNSAFE_IN_QUERY = re.compile(r"[+ ]")  # a plus in a query is a blank (rees46.md#product-addresses)
MODELS: dict[str, type[BaseModel]] = {"categories": Category, "locations": Location}
LISTED = ("stock", "removal")  # of these a call names IDs alone


@dataclass
class Element:
    """What a row says; `faults` are [code, of which column or property, more]."""

    row: int
    item: dict[str, JsonValue] = field(default_factory=dict)
    faults: list[list[JsonValue]] = field(default_factory=list)
    is_left: bool = False  # it is not sent

    @property
    def id(self) -> str:
        return str(self.item.get("id", ""))

    def leave(self, code: str, of: str, more: JsonValue = None) -> None:
        self.is_left = True
        self.note(code, of, more)

    def note(self, code: str, of: str, more: JsonValue = None) -> None:
        self.faults.append([code, of, more])


def element_of(kind: str, row: Row, columns: Mapping[str, str]) -> Element:
    """Read a row as the columns of its import say."""
    number, said = row
    element = Element(number)
    for column, target in columns.items():
        if (value := said.get(column)) not in (None, "", []):
            _read(element, kind, column, target, value)
    if WIDE in said:
        element.leave("wide", "")
    for name in MANDATORY[kind]:
        if name not in element.item and not any(fault[2] == name for fault in element.faults):
            element.leave("missing", name)
    if not element.is_left:
        _check(element, kind)
    return element


def _read(element: Element, kind: str, column: str, target: str, value: JsonValue) -> None:
    """Read one value; what cannot be read is left out, with its row where it is mandatory."""
    try:
        said = clean(value) if isinstance(value, str) else value
        if isinstance(said, str) and is_empty(said) and target not in {"available", "ignored"}:
            return
        if too_deep(said):
            raise Unfit("json")  # noqa: TRY301  # the same end as of whatever cannot be read
        if target.startswith(PARAM):
            listed = element.item.setdefault("params", [])
            values: JsonValue = said if isinstance(said, list) else [str(said)]
            if isinstance(listed, list):
                listed.append({"name": target.removeprefix(PARAM), "value": values})
        else:
            read = OF_KIND[kind][target].read(said)
            if target == "params" and isinstance(read, list) and isinstance(before := element.item.get("params"), list):
                read = [*before, *read]
            element.item[target] = read
    except Unfit as unfit:
        (element.leave if target in MANDATORY[kind] else element.note)(unfit.code, column, target)


def _check(element: Element, kind: str) -> None:
    if kind == "products":
        _check_product(element)
    elif kind in MODELS:
        _hold_to_model(element, MODELS[kind])
    if kind in {"products", "categories"} and "url" in element.item:
        _look_at_url(element)


def _hold_to_model(element: Element, model: type[BaseModel]) -> None:
    try:
        model.model_validate(element.item)
    except ValidationError as wrong:
        for name in {str(fault["loc"][0]) for fault in wrong.errors()}:
            if name in {"id", "name"}:
                element.leave("wrong", name)
            else:
                element.item.pop(name, None)
                element.note("wrong", name)


def _check_product(element: Element) -> None:
    """Hold it to the item schema, and tell what people get wrong."""
    item = element.item
    if len(str(item["picture"])) > LONGEST_PICTURE:
        element.leave("picture", "picture", len(str(item["picture"])))
        return
    for _ in range(MOST_PARTS):
        try:
            whole = msgspec.convert(item, Item, strict=False)
        except (msgspec.ValidationError, RecursionError) as wrong:
            place = PLACE.search(str(wrong))
            name = place[1] if place else ""
            if name not in item or name in MANDATORY["products"]:
                element.leave("wrong", name)
                return
            item.pop(name)
            element.note("wrong", name)
        else:
            _look_at_prices(element, whole)
            return
    element.leave("wrong", "")


def _look_at_prices(element: Element, whole: Item) -> None:
    """Work the discount out as REES46 does, and compare: what the file says is what counts."""
    computed, given = whole.discount(), whole.discount_percent
    if given is not None and int(given) != (computed or 0):
        element.note("discount", "discount_percent", [int(given), computed or 0])
    if whole.oldprice and whole.oldprice <= whole.price:
        element.note("oldprice", "oldprice")


def _look_at_url(element: Element) -> None:
    """Tell an address that a browser would read otherwise than it stands there; it is sent as it is."""
    url = str(element.item["url"])
    try:
        is_odd = read_url(url) != url or not url.lower().startswith(("http://", "https://"))
    except Unfit:
        is_odd = True
    if is_odd:
        element.note("url", "url", url[:200])
    elif UNSAFE_IN_QUERY.search(url.partition("?")[2]):
        element.note("query", "url", url[:200])


def listed(kind: str, item: dict[str, Any]) -> Any:
    """Give what stands in the list of the call."""
    return item["id"] if kind in LISTED else item
