"""Reads off an operation what a reader wants to know: parameters, limits, reply, example."""

from __future__ import annotations

import json
from dataclasses import dataclass
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
        return str(about.get("$ref") or about["title"]).rpartition("/")[2].rpartition(".")[2]
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


def example(kind: type[Operation[Any]]) -> Operation[Any]:
    """Make a call with placeholders for what is needed, for the curl."""
    schema = parameters_schema(kind)
    of = schema["properties"]
    wanted = [name for name in of if name in {*schema["required"], "item", "item_id"} - KEYS]
    if not {"email", "phone", "did"} & set(wanted):
        wanted += [name for name in _who(kind) if name in of][:1]
    return kind.parse({name: _placeholder(name, of[name]) for name in wanted})


def _who(kind: type[Operation[Any]]) -> tuple[str, ...]:
    """Say by what somebody is named best: devices call what needs no secret."""
    by_devices = kind.http.secret == "no"  # noqa: S105  # a way of sending it, not a secret
    return ("did", "email", "loyalty_id") if by_devices else ("email", "loyalty_id")


def _placeholder(name: str, about: dict[str, Any]) -> Any:
    """Give a value of the right kind: the first of several, the mandatory keys of an object."""
    shape = resolved(about)
    if "anyOf" in shape:
        return _placeholder(name, shape["anyOf"][0])
    if "enum" in shape or "const" in shape:
        return shape.get("const") or shape["enum"][0]
    if shape.get("type") == "array":
        return [_placeholder(SINGULAR.get(name) or name.removesuffix("s"), shape["items"])]
    if "properties" in shape:
        needed = shape.get("required") or ["email"]
        return {key: _placeholder(key, shape["properties"][key]) for key in needed}
    if shape.get("format") == "date":
        return "2026-01-01"
    plain: dict[Any, Any] = {"integer": 1, "number": 1.0, "boolean": True, "object": {}}
    return plain.get(shape.get("type"), SAMPLES.get(name, name.upper()))


KEYS = {"shop_id", "shop_secret"}
SINGULAR = {"categories": "category"}
SAMPLES = {
    "email": "customer@example.com",
    "new_email": "new@example.com",
    "old_email": "customer@example.com",
    "phone": "+79990000001",
    "new_phone": "+79990000002",
    "old_phone": "+79990000001",
    "platform": "ios",
    "url": "https://shop.example.com/1",
    "picture": "https://shop.example.com/1.jpg",
    "loyalty_id": "L01",
    "i_understand_what_i_am_doing": "true",
    "identifier": "+79990000001",
}
