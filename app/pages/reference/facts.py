"""Reads off an operation what a reader wants to know: parameters, limits, reply, example."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from app.rees46.openapi import Plain, parameters_schema
from app.rees46.operation import Operation

LIMITS = {"minLength": "≥ {} chars", "maxLength": "≤ {} chars", "minimum": "≥ {}", "maximum": "≤ {}",
          "minItems": "≥ {} items", "maxItems": "≤ {} items", "exclusiveMinimum": "> {}"}  # fmt: skip


@dataclass(frozen=True)
class Parameter:
    """One line of the table."""

    name: str
    type: str
    limits: str
    required: bool
    description: str


def parameters(kind: type[Operation[Any]]) -> list[Parameter]:
    """List the parameters as they are sent."""
    schema = parameters_schema(kind)
    return [
        Parameter(name, _type(about), _limits(about), name in schema["required"], about.get("description", ""))
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
    if "$ref" in about:
        return str(about["$ref"]).rpartition("/")[2]
    if about.get("type") == "array":
        return f"array of {_type(about.get('items', {}))}"
    return str(about.get("format") or about.get("type") or "any")


def _limits(about: dict[str, Any]) -> str:
    parts = [about, *about.get("anyOf", [])]
    return ", ".join(words.format(part[key]) for part in parts for key, words in LIMITS.items() if key in part)


def reply(kind: type[Operation[Any]]) -> str:
    """Show the reply's shape as JSON schema; nothing for an answer without a body."""
    if kind.http.success == 204:  # HTTP statuses are read as numbers
        return ""
    schema = kind.reply().json_schema(mode="serialization", schema_generator=Plain)
    return json.dumps(schema, ensure_ascii=False, indent=2)


def example(kind: type[Operation[Any]]) -> Operation[Any]:
    """Make a call whose values are placeholders, for the curl."""
    values = {}
    for name, info in kind.model_fields.items():
        if info.is_required():
            values[name] = _placeholder(kind, name)
    if "email" in kind.model_fields and "email" not in values:
        values["email"] = "customer@example.com"
    elif "loyalty_id" in kind.model_fields and not values:
        values["loyalty_id"] = "L01"
    return kind.model_construct(_fields_set=set(values), **values)


def _placeholder(kind: type[Operation[Any]], name: str) -> Any:
    about = kind.model_json_schema(by_alias=False, schema_generator=Plain)["properties"].get(name, {})
    if "enum" in about:
        return about["enum"][0]
    samples: dict[str, Any] = {"integer": 1, "number": 1.0, "boolean": True, "array": [], "object": {}}
    return samples.get(about.get("type", ""), name.upper())
