"""The OpenAPI 3.1 document of the API, read off the operations."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from .catalogue import domain, every_operation
from .operation import Http, Operation
from .request import SECRET_HEADER
from .schemas import REFS, parameters_schema, parts, reply_schema

MEDIA = {"json": "application/json", "form": "application/x-www-form-urlencoded"}
ERRORS = {
    "400": "A parameter is missing or wrong, or the JSON is malformed",
    "401": "No such shop_id",
    "403": "The shop_secret is missing or wrong",
    "404": "There is no such object",
    "429": "Too many requests; Retry-After says when to come back",
}


def document(server: str) -> dict[str, Any]:
    """Describe every operation."""
    paths: dict[str, dict[str, Any]] = {}
    for kind in every_operation():
        paths.setdefault(kind.http.path, {})[kind.http.method.lower()] = describe(kind)
    return {
        "openapi": "3.1.0",
        "info": {"title": "REES46", "version": "1", "description": "The operations that Desk46 knows."},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {
            "schemas": parts() | {"Error": _error_schema()},
            "securitySchemes": {
                "secret": {"type": "apiKey", "in": "header", "name": SECRET_HEADER},
            },
        },
    }


def describe(kind: type[Operation[Any]]) -> dict[str, Any]:
    """Describe one operation."""
    http = kind.http
    schema = parameters_schema(kind)
    entry: dict[str, Any] = {
        "operationId": kind.name(),
        "summary": (kind.__doc__ or "").strip().splitlines()[0],
        "description": " ".join((kind.__doc__ or "").split()),
        "tags": [domain(kind)],
        "responses": _responses(kind),
        "parameters": [_parameter(name, schema, "path") for name in kind.in_path()],
    }
    if http.secret != "no":
        entry["security"] = [{"secret": []}] + ([{}] if http.device_will_do else [])
    if http.sends == "query":
        in_query = [name for name in schema["properties"] if name not in kind.in_path()]
        entry["parameters"] += [_parameter(name, schema, "query") for name in in_query]
    else:
        entry["requestBody"] = {"required": True, "content": {MEDIA[http.sends]: {"schema": schema}}}
    return entry


def _parameter(name: str, schema: dict[str, Any], place: str) -> dict[str, Any]:
    about = dict(schema["properties"].get(name, {"type": "string"}))
    described = about.pop("description", "")
    needed = place == "path" or name in schema["required"]
    return {"name": name, "in": place, "required": needed, "description": described, "schema": about}


def _responses(kind: type[Operation[Any]]) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": "Done"}
    if kind.http.success != HTTPStatus.NO_CONTENT:
        answer["content"] = {kind.http.media: {"schema": reply_schema(kind)}}
    refused = {"schema": {"$ref": REFS.format(model="Error")}}
    return {str(kind.http.success): answer} | {
        code: {"description": words, "content": {"application/json": refused}}
        for code, words in errors(kind.http).items()
    }


def errors(http: Http) -> dict[str, str]:
    """Say by which statuses an operation refuses, and why."""
    codes = {"400", "404", "429", str(http.wrong_key)}
    codes |= {str(http.wrong_secret)} if http.secret != "no" else set()
    entry = {code: words for code, words in ERRORS.items() if code in codes}
    if http.wrong_key == HTTPStatus.BAD_REQUEST:
        entry["400"] += ", or the shop_id or shop_secret is wrong"
    return entry


def _error_schema() -> dict[str, Any]:
    words = {"type": "object", "properties": {"message": {"type": "string"}}}
    return {
        "type": "object",
        "properties": {"status": {"const": "error"}, "payload": words, "message": {"type": "string"}},
        "required": ["status", "payload"],
    }
