"""Lists whose elements are looked at one by one and later, so that a wrong one stops no other: what each of them is."""

from __future__ import annotations

from inspect import cleandoc
from typing import Any

import msgspec
from pydantic import BaseModel, GetJsonSchemaHandler
from pydantic_core import CoreSchema

Schema = dict[str, Any]


class Of:
    """Says in the schema of a list what its elements are; it checks nothing."""

    def __init__(self, kind: type[BaseModel | msgspec.Struct]) -> None:
        self.kind = kind

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> Schema:
        """Put the shape in the place of "any object"; other ways to write an element, such as a bare ID, stay."""
        schema = handler(core)
        shape = _of_struct(self.kind) if issubclass(self.kind, msgspec.Struct) else handler(_core(self.kind))
        ways = schema["items"].get("anyOf", [schema["items"]])
        others = [way for way in ways if way.get("type") != "object"]
        return schema | {"items": {"anyOf": [shape, *others]} if others else shape}


def _core(kind: type[BaseModel]) -> CoreSchema:
    return kind.__pydantic_core_schema__


def _of_struct(kind: type[msgspec.Struct]) -> Schema:
    """Write a structure out whole: pydantic refers to none that it has not made."""
    (top,), parts = msgspec.json.schema_components([kind], ref_template="{name}")

    def whole(schema: Any) -> Any:
        if isinstance(schema, list):
            return [whole(part) for part in schema]
        if not isinstance(schema, dict):
            return cleandoc(schema) if isinstance(schema, str) else schema
        return whole(parts[schema["$ref"]]) if "$ref" in schema else {key: whole(part) for key, part in schema.items()}

    schema: Schema = whole(top)
    return schema
