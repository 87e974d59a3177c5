"""The JSON schemas of all operations, and of the shapes they are made of; each shape has a name of its own."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from typing import Any, get_args

from pydantic import AliasChoices, TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode

from .catalogue import every_operation
from .operation import Operation
from .values import AsCsv

REFS = "#/components/schemas/{model}"
Schema = dict[str, Any]


class Plain(GenerateJsonSchema):
    """JSON schema without the differences between reading and writing that only Python has."""

    def emit_warning(self, kind: Any, detail: str) -> None:
        """Stay silent: a default that is no JSON is simply not shown."""

    def normalize_name(self, name: str) -> str:
        """Name a shape that is not the only one of its name by its domain: `orders.Product`."""
        return re.sub(r"[^\w.-]", "_", name).removeprefix("app.rees46.")


def parameters_schema(kind: type[Operation[Any]]) -> Schema:
    """Give the parameters of a call as JSON schema, shop_id first."""
    schema = deepcopy(resolved(_all()[0][kind, "validation"]))
    who = {"shop_id": {"type": "string", "description": "ID of the shop"}}
    if kind.http.secret == "parameter":
        who["shop_secret"] = {"type": "string", "description": "Secret key of the shop"}
    schema["properties"] = who | schema.get("properties", {})
    schema["required"] = ["shop_id", *schema.get("required", [])]
    return schema


def synonyms(kind: type[Operation[Any]]) -> dict[str, list[str]]:
    """Give the other names under which parameters are understood."""
    found: dict[str, list[str]] = {}
    for info in kind.model_fields.values():
        if isinstance(info.validation_alias, AliasChoices):
            first, *others = map(str, info.validation_alias.choices)
            found[first] = others
    return found


def comma_lists(kind: type[Operation[Any]]) -> set[str]:
    """Name the parameters that are lists and go out as text with commas."""
    return {
        info.serialization_alias or name
        for name, info in kind.model_fields.items()
        if AsCsv in info.metadata or _holds(info.annotation, AsCsv)
    }


def _holds(annotation: Any, mark: Any) -> bool:
    return mark in getattr(annotation, "__metadata__", ()) or any(_holds(arg, mark) for arg in get_args(annotation))


def reply_schema(kind: type[Operation[Any]]) -> Schema:
    """Give what is answered as JSON schema."""
    schema = deepcopy(_all()[0][kind, "serialization"])
    return kind.http.envelope.schema(schema, kind.http.child) if kind.http.envelope else schema


def parts() -> dict[str, Schema]:
    """Give every shape that the schemas refer to, by its name; an operation is none of them."""
    schemas, found = _all()
    calls = {_name(schema) for (_, mode), schema in schemas.items() if mode == "validation"}
    return {name: deepcopy(schema) for name, schema in found.items() if name not in calls}


def resolved(schema: Schema) -> Schema:
    """Follow a reference, if it is one."""
    return _all()[1][_name(schema)] if "$ref" in schema else schema


def _name(schema: Schema) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


@cache
def _all() -> tuple[dict[tuple[type[Operation[Any]], JsonSchemaMode], Schema], dict[str, Schema]]:
    """Make them in one go: what is made one by one may take the same name for another shape."""
    asked: list[tuple[type[Operation[Any]], JsonSchemaMode, TypeAdapter[Any]]] = []
    for kind in every_operation():
        asked += [(kind, "validation", TypeAdapter(kind)), (kind, "serialization", kind.reply())]
    schemas, rest = TypeAdapter.json_schemas(asked, by_alias=True, ref_template=REFS, schema_generator=Plain)
    return schemas, rest.get("$defs", {})
