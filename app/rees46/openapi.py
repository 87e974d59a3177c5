"""The OpenAPI 3.1 document of the API, read off the operations."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, models_json_schema

from app.rees46.catalogue import domain, every_operation
from app.rees46.operation import Http, Operation
from app.rees46.request import SECRET_HEADER

REFS = "#/components/schemas/{model}"
MEDIA = {"json": "application/json", "form": "application/x-www-form-urlencoded"}
ERRORS = {
    "400": "A parameter is missing or wrong, or the JSON is malformed",
    "401": "No such shop_id",
    "403": "The shop_secret is missing or wrong",
    "404": "There is no such object",
    "429": "Too many requests; Retry-After says when to come back",
}


class Plain(GenerateJsonSchema):
    """JSON schema without the differences between reading and writing that only Python has."""

    def emit_warning(self, kind: Any, detail: str) -> None:
        """Stay silent: a default that is no JSON is simply not shown."""


def document(server: str) -> dict[str, Any]:
    """Describe every operation."""
    schemas = _schemas()
    paths: dict[str, dict[str, Any]] = {}
    for kind in every_operation():
        paths.setdefault(kind.http.path, {})[kind.http.method.lower()] = describe(kind, schemas["definitions"])
    return {
        "openapi": "3.1.0",
        "info": {"title": "REES46", "version": "1", "description": "The operations that Desk46 knows."},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {
            "schemas": schemas["definitions"] | {"Error": _error_schema()},
            "securitySchemes": {
                "secret": {"type": "apiKey", "in": "header", "name": SECRET_HEADER},
            },
        },
    }


def _schemas() -> dict[str, Any]:
    """Give each operation's parameters a schema, and what they are made of."""
    kinds = [(kind, "validation") for kind in every_operation()]
    _names, found = models_json_schema(kinds, by_alias=True, ref_template=REFS, schema_generator=Plain)  # type: ignore[arg-type]  # the mode is one of its literals
    return {"definitions": found.get("$defs", {})}


def describe(kind: type[Operation[Any]], known: dict[str, Any]) -> dict[str, Any]:
    """Describe one operation."""
    http = kind.http
    schema = parameters_schema(kind)
    known.update(schema.pop("$defs", {}))
    said: dict[str, Any] = {
        "operationId": kind.name(),
        "summary": (kind.__doc__ or "").strip().splitlines()[0],
        "description": " ".join((kind.__doc__ or "").split()),
        "tags": [domain(kind)],
        "responses": _responses(kind, known),
        "parameters": [_parameter(name, schema, "path") for name in kind.in_path()],
    }
    if http.secret != "no":
        said["security"] = [{"secret": []}] + ([{}] if http.device_will_do else [])
    if http.sends == "query":
        in_query = [name for name in schema["properties"] if name not in kind.in_path()]
        said["parameters"] += [_parameter(name, schema, "query") for name in in_query]
    else:
        said["requestBody"] = {"required": True, "content": {MEDIA[http.sends]: {"schema": schema}}}
    return said


def parameters_schema(kind: type[Operation[Any]]) -> dict[str, Any]:
    """Give the parameters of a call as JSON schema, shop_id first."""
    schema = kind.model_json_schema(by_alias=True, ref_template=REFS, schema_generator=Plain)
    who = {"shop_id": {"type": "string", "description": "ID of the shop"}}
    if kind.http.secret == "parameter":
        who["shop_secret"] = {"type": "string", "description": "Secret key of the shop"}
    schema["properties"] = who | schema.get("properties", {})
    schema["required"] = ["shop_id", *schema.get("required", [])]
    return schema


def _parameter(name: str, schema: dict[str, Any], place: str) -> dict[str, Any]:
    about = dict(schema["properties"].get(name, {"type": "string"}))
    described = about.pop("description", "")
    needed = place == "path" or name in schema["required"]
    return {"name": name, "in": place, "required": needed, "description": described, "schema": about}


def _responses(kind: type[Operation[Any]], known: dict[str, Any]) -> dict[str, Any]:
    success = str(kind.http.success)
    answer: dict[str, Any] = {"description": "Done"}
    if kind.http.success != 204:
        schema = kind.reply().json_schema(ref_template=REFS, mode="serialization", schema_generator=Plain)
        known.update(schema.pop("$defs", {}))
        answer["content"] = {kind.http.media: {"schema": schema}}
    return {success: answer} | {
        code: {"description": words, "content": {"application/json": {"schema": {"$ref": REFS.format(model="Error")}}}}
        for code, words in ERRORS.items()
        if code in _possible(kind.http)
    }


def _possible(http: Http) -> set[str]:
    codes = {"400", "404", "429", str(http.wrong_key)}
    return codes | {str(http.wrong_secret)} if http.secret != "no" else codes


def _error_schema() -> dict[str, Any]:
    words = {"type": "object", "properties": {"message": {"type": "string"}}}
    return {
        "type": "object",
        "properties": {"status": {"const": "error"}, "payload": words, "message": {"type": "string"}},
        "required": ["status", "payload"],
    }
