"""In what a reply differs from what the contract says: keys it does not know, and keys that are not there.

Nothing of this tells what a customer's data is: an example is the kind of a value, never the value.
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import AliasChoices, ValidationError

from .envelope import CONTENTS, MARKS
from .shape import Decides, Shape

Kind = Literal["unknown", "lacking", "unreadable"]
LOOKED_AT = 20  # elements of each list
MOST = 100  # differences of one reply
MOST_NAMES = 30  # keys of one object that are told apart; an object with more is a table, and its keys are data
NAME = re.compile(r"[A-Za-z_][A-Za-z_.-]{0,39}[0-9]{0,2}\Z")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T][0-9:.]+(Z|[+-][0-9:]+)?)?\Z")
NUMBER = re.compile(r"[+-]?[0-9]+([.][0-9]+)?\Z")


@dataclass(frozen=True)
class Difference:
    """One place where a reply is not what the contract says: `products[].leftovers`, and what stands there."""

    kind: Kind
    field: str
    example: str = ""


def differences(kind: Any, content: Any, body: Any = None) -> list[Difference]:
    """Compare the content of a reply, and what its envelope holds besides, with the type that is due."""
    found: dict[Difference, None] = {}
    if isinstance(body, dict) and body is not content and any(name in body for name in (*MARKS, *CONTENTS)):
        _note_unknown(body, {*MARKS, *CONTENTS, "message"} | _names(kind), "", found)
    _walk(kind, content, "", found)
    return list(found)[:MOST]


def unreadable(wrong: ValidationError) -> list[Difference]:
    """Say which places of a reply could not be read, and what the contract takes there."""
    errors = wrong.errors(include_url=False, include_input=False, include_context=False)
    places = {_place(error["loc"]): str(error["type"]).replace("_", " ") for error in errors}
    return [Difference("unreadable", place, expected) for place, expected in places.items()][:MOST]


def holds(kind: Any, value: Any) -> bool:
    """Tell whether anything of what is due stands in a value: an object shares a key with its shape."""
    kind, arguments = _opened(kind)
    if _is_union(kind):
        return any(holds(way, value) for way in arguments)
    if kind is list:
        return isinstance(value, list) and all(holds(arguments[0], item) for item in value[:LOOKED_AT])
    if kind is dict:
        return isinstance(value, dict)
    if isinstance(kind, type) and issubclass(kind, Shape):
        return isinstance(value, dict) and any(value.get(name) is not None for name in _names(kind) & value.keys())
    if kind is bool:
        return isinstance(value, bool | int | str) and value in (0, 1, "true", "false")
    return value is not None


def shape_of(value: Any, depth: int = 0) -> str:
    """Name the kind of a value without telling it: `text`, `date`, `list of {code, name}`."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else str(value).lower()
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "date" if DATE.match(value) else "number as text" if NUMBER.match(value) else "text" if value else '""'
    if isinstance(value, list):
        return f"list of {shape_of(value[0], depth + 1)}" if value else "empty list"
    names = sorted({_name(name) for name in value})[:10] if len(value) <= MOST_NAMES else ["…"]
    return "{" + (", ".join(names) if depth < 2 else "…") + "}"  # what nobody reads any more


def _walk(kind: Any, value: Any, path: str, found: dict[Difference, None]) -> None:
    if not isinstance(value, list | dict):
        return
    kind, arguments = _opened(kind)
    if _is_union(kind):
        kind, arguments = _opened(_fitting(arguments, value))
    if isinstance(value, list) and kind is list:
        for item in value[:LOOKED_AT]:
            _walk(arguments[0], item, f"{path}[]", found)
    elif isinstance(value, dict) and kind is dict:
        for item in list(value.values())[:LOOKED_AT]:
            _walk(arguments[1], item, f"{path}.*", found)
    elif isinstance(value, dict) and isinstance(kind, type) and issubclass(kind, Shape):
        _compare(kind, value, path, found)


def _compare(kind: type[Shape], value: dict[str, Any], path: str, found: dict[Difference, None]) -> None:
    if not value.keys() <= _names(kind) and kind.model_config.get("extra") != "allow":
        _note_unknown(value, _names(kind), path, found)
    for key, annotation in _parts(kind).items():
        if key in value:
            _walk(annotation, value[key], _joined(path, key), found)
    for names in _missed(kind):
        if value.keys().isdisjoint(names):
            found[Difference("lacking", _joined(path, names[0]))] = None


@cache
def _parts(kind: type[Shape]) -> dict[str, Any]:
    """Give the types of what a shape holds in lists and objects, by every key that each may have."""
    return {
        key: field.annotation
        for name, field in kind.model_fields.items()
        if _holds_shapes(field.annotation)
        for key in _names_of_field(kind, name)
    }


def _holds_shapes(kind: Any) -> bool:
    kind, arguments = _opened(kind)
    return any(map(_holds_shapes, arguments)) or (isinstance(kind, type) and issubclass(kind, Shape))


@cache
def _missed(kind: type[Shape]) -> tuple[tuple[str, ...], ...]:
    """Name the fields that are missed where they are not there: those that are needed, and those that decide."""
    return tuple(
        _names_of_field(kind, name)
        for name, field in kind.model_fields.items()
        if field.is_required() or any(isinstance(mark, Decides) for mark in field.metadata)
    )


def _note_unknown(value: dict[str, Any], names: Iterable[str], path: str, found: dict[Difference, None]) -> None:
    unknown = [name for name in value if name not in names]
    is_table = _is_table([value[name] for name in unknown])
    for name in unknown[:1] if is_table else unknown:
        shown = "*" if is_table else _name(name)
        found[Difference("unknown", _joined(path, shown), shape_of(value[name]))] = None


def _is_table(values: list[Any]) -> bool:
    """Tell whether keys are data themselves: there are many, or all lead to the same kind of object."""
    objects = [value for value in values if isinstance(value, dict) and value]
    alike = len(objects) > 1 and len(objects) == len(values) and len({shape_of(value) for value in objects}) == 1
    return alike or len(values) > MOST_NAMES


def _name(key: Any) -> str:
    """Give a key that may be shown; one that looks like data, such as an address, is a star."""
    return key if isinstance(key, str) and NAME.match(key) and "@" not in key else "*"


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _place(location: tuple[int | str, ...]) -> str:
    """Write a place in a reply: `products[].price`; the names of pydantic's own ways stand in no reply."""
    path = ""
    for part in location:
        if isinstance(part, int):
            path += "[]"
        elif NAME.match(part) and not part.startswith("function-"):
            path = _joined(path, part)
    return path


def _fitting(ways: tuple[Any, ...], value: Any) -> Any:
    """Choose the way of a union that a value comes closest to."""
    if isinstance(value, list):
        return next((way for way in ways if _opened(way)[0] is list), None)
    if not isinstance(value, dict):
        return None
    shapes = [way for way in ways if isinstance(way, type) and issubclass(way, Shape)]
    best = max(shapes, key=lambda way: len(_names(way) & value.keys()), default=None)
    return best or next((way for way in ways if _opened(way)[0] is dict), None)


@cache
def _opened(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """Take what annotates a type away, and give it with its arguments."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    return get_origin(kind) or kind, get_args(kind)


def _is_union(kind: Any) -> bool:
    return kind is Union or kind is types.UnionType


@cache
def _names(kind: Any) -> frozenset[str]:
    """Name every key that a shape knows, also those it makes no use of."""
    if not (isinstance(kind, type) and issubclass(kind, Shape)):
        return frozenset()
    envelope = (*MARKS, *CONTENTS, "message") if kind.only_says_yes else ()
    return frozenset((*kind.also_knows, *envelope)).union(*(_names_of_field(kind, name) for name in kind.model_fields))


@cache
def _names_of_field(kind: type[Shape], name: str) -> tuple[str, ...]:
    field = kind.model_fields[name]
    aliases = field.validation_alias
    choices = aliases.choices if isinstance(aliases, AliasChoices) else [aliases]
    names = [field.alias, field.serialization_alias, *choices, name]
    return tuple(dict.fromkeys(each for each in names if isinstance(each, str)))
