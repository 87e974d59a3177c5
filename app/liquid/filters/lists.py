"""Filters for lists, and those that take anything: `size`, `first`, `last`, `default`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from app.liquid.errors import LiquidError
from app.liquid.filters.registry import a_filter
from app.liquid.values.compare import (
    at,
    equal,
    has_properties,
    identity,
    is_empty,
    is_true,
    sorted_by,
    which_first,
    which_first_naturally,
)
from app.liquid.values.ends import first_of, last_of, size_of
from app.liquid.values.kinds import Range
from app.liquid.values.text import joined, to_text


class _NoList(Exception):
    """An item has no properties at all: the whole filter gives nil."""


@a_filter
def size(value: Any) -> int:
    return size_of(value) or 0


@a_filter
def first(value: Any) -> Any:
    return first_of(value)


@a_filter
def last(value: Any) -> Any:
    return last_of(value)


@a_filter
def default(value: Any, instead: Any = "", options: Any = None) -> Any:
    """Give another value for nil, false and what is empty; with `allow_false: true` false stays."""
    keeps_false = isinstance(options, dict) and is_true(options.get("allow_false"))
    is_missing = value is None if keeps_false else not is_true(value)
    return instead if is_missing or is_empty(value) else value


@a_filter
def join(value: Any, glue: Any = " ") -> str:
    return joined(_items(value), to_text(glue))


@a_filter
def reverse(value: Any) -> list[Any]:
    return _items(value)[::-1]


@a_filter
def concat(value: Any, others: Any) -> list[Any]:
    if not isinstance(others, list):
        raise LiquidError("concat filter requires an array argument")
    return _items(value) + others


@a_filter
def sort(value: Any, name: Any = None) -> list[Any] | None:
    return _sorted(value, name, which_first)


@a_filter
def sort_natural(value: Any, name: Any = None) -> list[Any] | None:
    return _sorted(value, name, which_first_naturally)


def _sorted(value: Any, name: Any, compare: Callable[[Any, Any], int]) -> list[Any] | None:
    items = _items(value)
    if name is None:
        return sorted_by(items, compare)
    if not all(map(has_properties, items)):
        return None
    return sorted_by(items, lambda one, other: compare(_property(one, name), _property(other, name)))


@a_filter
def map_(value: Any, name: Any) -> list[Any]:
    def of(item: Any) -> Any:
        if isinstance(name, str) and name == "to_liquid":
            return item
        return _property(item, name) if has_properties(item) else None

    return [of(item) for item in _items(value)]


@a_filter
def where(value: Any, name: Any, wanted: Any = None) -> list[Any] | None:
    """Keep the items whose property is true, or equals what is wanted."""

    def fits(item: Any) -> bool:
        found = _property_or_nil(item, name)
        return is_true(found) if wanted is None else equal(found, wanted)

    return _chosen(_items(value), fits)


@a_filter
def compact(value: Any, name: Any = None) -> list[Any] | None:
    if name is None:
        return [item for item in _items(value) if item is not None]
    return _chosen(_items(value), lambda item: _property_or_nil(item, name) is not None)


@a_filter
def uniq(value: Any, name: Any = None) -> list[Any] | None:
    seen: set[Any] = set()

    def is_new(item: Any) -> bool:
        key = identity(item if name is None else _property_or_nil(item, name))
        is_seen = key in seen
        seen.add(key)
        return not is_seen

    items = _items(value)
    return _chosen(items, is_new) if len(items) > 1 else items


def _chosen(items: list[Any], fits: Callable[[Any], bool]) -> list[Any] | None:
    try:
        return [item for item in items if fits(item)]
    except _NoList:
        return None


def _property_or_nil(item: Any, name: Any) -> Any:
    if not has_properties(item):
        raise _NoList
    return _property(item, name)


def _property(item: Any, name: Any) -> Any:
    try:
        return at(item, name)
    except TypeError:
        raise LiquidError(f"cannot select the property '{to_text(name)}'") from None


def _items(value: Any) -> list[Any]:
    """Make a list of anything: lists within it become part of it, nil is none, and what is no list is its item."""
    match value:
        case list():
            return list(_flat(value))
        case Range():
            return list(value)
        case None:
            return []
    return [value]


def _flat(items: Iterable[Any]) -> Iterable[Any]:
    for item in items:
        if isinstance(item, list):
            yield from _flat(item)
        else:
            yield item
