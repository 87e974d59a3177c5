"""Reads off an operation what a reader wants to know: parameters, limits, reply, example."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from app.rees46.operation import Operation
from app.rees46.schemas import Plain, parameters_schema, resolved, synonyms

LIMITS = [("minLength", "maxLength", " characters"), ("minItems", "maxItems", " items"), ("minimum", "maximum", "")]
ABOVE = "exclusiveMinimum"


@dataclass(frozen=True)
class Parameter:
    """One line of the table."""

    name: str
    type: str
    limits: str
    required: bool
    description: str
    synonyms: list[str]


@dataclass(frozen=True)
class Part:
    """A shape that parameters are made of."""

    name: str
    description: str
    keys: list[Parameter]


def parameters(kind: type[Operation[Any]]) -> list[Parameter]:
    """List the parameters as they are sent, with the other names that each has."""
    return _lines(parameters_schema(kind), synonyms(kind))


def parts(kind: type[Operation[Any]]) -> list[Part]:
    """List the shapes that the parameters are made of, each once, in the order in which they are met."""
    found: dict[str, Part] = {}
    for about in parameters_schema(kind)["properties"].values():
        _collect(about, found)
    return list(found.values())


def _collect(about: dict[str, Any], found: dict[str, Part]) -> None:
    shape = resolved(about)
    if "properties" in shape:
        name = _type(about)
        if name in found:
            return
        found[name] = Part(name, shape.get("description", ""), _lines(shape, {}))
    within = [*shape.get("properties", {}).values(), *shape.get("anyOf", []), shape.get("items")]
    for one in filter(None, within):
        _collect(one, found)


def _lines(schema: dict[str, Any], synonyms: dict[str, list[str]]) -> list[Parameter]:
    needed = schema.get("required", [])
    return [
        Parameter(
            name, _type(about), _limits(about), name in needed, about.get("description", ""), synonyms.get(name, [])
        )
        for name, about in schema["properties"].items()
    ]


def _type(about: dict[str, Any]) -> str:
    """Name a type in a word: `string`, `array of string`, `one of m, f`."""
    if "anyOf" in about:
        return " or ".join(dict.fromkeys(_type(one) for one in about["anyOf"] if one.get("type") != "null"))
    if "enum" in about:
        return "one of " + ", ".join(map(str, about["enum"]))
    if "const" in about:
        return json.dumps(about["const"])
    if "$ref" in about or "properties" in about:
        name = str(about.get("$ref") or about["title"]).rpartition("/")[2].rpartition(".")[2]
        return name.removesuffix("-Input").removesuffix("-Output")  # of shapes that are read otherwise than written
    if about.get("type") == "array":
        return f"array of {_type(about.get('items', {}))}"
    return str(about.get("format") or about.get("type") or "any")


def _limits(about: dict[str, Any]) -> str:
    """Say both ends of a range in one: `1 to 255 characters`."""
    parts = [about, *about.get("anyOf", [])]
    ranges = [
        _range(part.get(low), part.get(high)) + unit
        for part in parts
        for low, high, unit in LIMITS
        if low in part or high in part
    ]
    return ", ".join([*ranges, *(f"more than {part[ABOVE]:,.16g}" for part in parts if ABOVE in part)])


def _range(low: float | None, high: float | None) -> str:
    ends = [None if end is None else f"{end:,.16g}" for end in (low, high)]
    return f"{ends[0]} to {ends[1]}" if all(ends) else f"at most {ends[1]}" if ends[1] else f"at least {ends[0]}"


def reply(kind: type[Operation[Any]]) -> str:
    """Show the reply's shape as JSON schema; nothing for an answer without a body."""
    if kind.http.success == 204:  # HTTP statuses are read as numbers
        return ""
    schema = kind.reply().json_schema(mode="serialization", schema_generator=Plain)
    if kind.http.envelope:
        schema = kind.http.envelope.schema(schema, kind.http.child)
    return json.dumps(schema, ensure_ascii=False, indent=2)


def matches(kind: type[Operation[Any]], words: list[str]) -> bool:
    """Tell whether all words stand in what is told of an operation: its name, path, text or parameters."""
    return not words or all(word in _told(kind) for word in words)


@cache
def _told(kind: type[Operation[Any]]) -> str:
    about = parameters_schema(kind)["properties"]
    told = [kind.name(), kind.http.path, *kind.http.also, kind.__doc__ or "", *about, *chain(*synonyms(kind).values())]
    return " ".join([*told, *(part.get("description", "") for part in about.values())]).casefold()
