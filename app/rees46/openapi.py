"""The OpenAPI 3.1 document of the API, read off the operations."""

from __future__ import annotations

import re
from http import HTTPStatus
from importlib import import_module
from inspect import cleandoc
from typing import Any

from .catalogue import domain, every_operation
from .examples import example_of
from .operation import Http, Operation
from .request import SECRET_HEADER
from .schemas import REFS, comma_lists, parameters_schema, parts, reply_schema, synonyms

MEDIA = {"json": "application/json", "form": "application/x-www-form-urlencoded"}
SECURED: list[dict[str, list[str]]] = [{"secret": []}, {"secret_parameter": []}]
SOURCE = re.compile(r"\s*\bSource: (?:[^.]|\.(?=\w))*\.")
WHERE = re.compile(r"\s*\([^()]*\w\.md[^()]*\)")
ERRORS = {
    "400": "A parameter is missing or wrong, or the JSON is malformed",
    "401": "No such shop_id",
    "403": "The shop_secret is missing or wrong",
    "404": "There is no such object",
    "429": "Too many requests; Retry-After says when to come back",
}


def document(server: str, shop_id: str = "SHOP_ID") -> dict[str, Any]:
    """Describe every operation, also at the other paths where clients call it; `shop_id` is that of the examples."""
    paths: dict[str, dict[str, Any]] = {}
    for kind in every_operation():
        paths.setdefault(kind.http.path, {})[kind.http.method.lower()] = describe(kind, shop_id)
    for kind in every_operation():
        for number, way in enumerate(kind.http.also, 1):
            method, path = way.split(" ", 1)
            paths.setdefault(path, {}).setdefault(method.lower(), describe(kind, shop_id, way, number))
    schemas = {name: _public(schema) | {"title": _title(name)} for name, schema in parts().items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "REES46",
            "version": "1",
            "description": "The operations that Desk46 knows.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": server}],
        "tags": [{"name": name, "description": words} for name, words in domains().items()],
        "paths": paths,
        "components": {
            "schemas": schemas | {"Error": _error_schema()},
            "securitySchemes": {
                "secret": {"type": "apiKey", "in": "header", "name": SECRET_HEADER},
                "secret_parameter": {"type": "apiKey", "in": "query", "name": "shop_secret"},
            },
        },
    }


def domains() -> dict[str, str]:
    """Give the domains of the operations, with what each is about in a sentence."""
    found = {domain(kind): import_module(kind.__module__).__doc__ or "" for kind in every_operation()}
    return {name: " ".join(public_words(words).partition("\n\n")[0].split()) for name, words in found.items()}


def describe(kind: type[Operation[Any]], shop_id: str, way: str = "", number: int = 0) -> dict[str, Any]:
    """Describe one operation; `way` and `number` are those of another way to call it."""
    http = kind.http
    method, _, path = (way or f"{http.method} {http.path}").partition(" ")
    in_path = re.findall(r"{(\w+)}", path)
    schema = _with_synonyms(kind, _public(parameters_schema(kind)))
    schema["properties"].pop("shop_secret", None)  # see the security schemes
    sample = {"shop_id": shop_id} | _sample(kind)
    words = public_words(kind.__doc__ or "")
    entry: dict[str, Any] = {
        "operationId": kind.name() + (f".{number}" if number else ""),
        "summary": words.partition("\n")[0],
        "description": " ".join(words.split()),
        "tags": [domain(kind)],
        "responses": _responses(kind),
        "parameters": [_parameter(name, schema, "path", sample, set()) for name in in_path],
        "security": SECURED + ([{}] if http.device_will_do else []) if http.secret != "no" else [],
    }
    if method == "GET" or http.sends == "query":
        entry["responses"]["414"] = {"description": "The address is too long"}
        in_query = [name for name in schema["properties"] if name not in in_path]
        entry["parameters"] += [_parameter(name, schema, "query", sample, comma_lists(kind)) for name in in_query]
    else:
        body: dict[str, Any] = {"schema": schema, "example": sample}
        if http.sends == "form":
            body["encoding"] = {name: how for name in schema["properties"] if (how := _style(schema, name, "form"))}
        entry["requestBody"] = {"required": True, "content": {MEDIA[http.sends]: body}}
    return entry


def _sample(kind: type[Operation[Any]]) -> dict[str, Any]:
    """Give the parameters of the example, lists as lists also where they go out as text."""
    said: dict[str, Any] = _present(example_of(kind).call.params())
    return said | {name: said[name].split(",") for name in comma_lists(kind) if name in said}


def _present(said: Any) -> Any:
    """Leave out empty text, which means nothing, and blanks around names."""
    if isinstance(said, list):
        return [_present(part) for part in said]
    if not isinstance(said, dict):
        return said
    return {name.strip(): _present(value) for name, value in said.items() if value != ""}


def _with_synonyms(kind: type[Operation[Any]], schema: dict[str, Any]) -> dict[str, Any]:
    """Say under which other names a parameter may come."""
    for name, others in synonyms(kind).items():
        about = schema["properties"].get(name, {})
        about["description"] = ". ".join(filter(None, [about.get("description"), f"Also named {', '.join(others)}"]))
    return schema


def _parameter(
    name: str, schema: dict[str, Any], place: str, sample: dict[str, Any], commas: set[str]
) -> dict[str, Any]:
    about = dict(schema["properties"].get(name, {"type": "string"}))
    described = about.pop("description", "")
    needed = place == "path" or name in schema["required"]
    how = _style(schema, name, "deepObject") if place == "query" else {}
    if name in commas:
        how["explode"] = False
    shown = {"example": sample[name]} if name in sample else {}
    return {"name": name, "in": place, "required": needed, "description": described, "schema": about} | how | shown


def _style(schema: dict[str, Any], name: str, of_objects: str) -> dict[str, Any]:
    """Say how a list or an object is written: a list by its name again and again, an object by keys in brackets."""
    about = schema["properties"].get(name, {})
    kinds = {one.get("type") for one in (about, *about.get("anyOf", []))}
    if "array" in kinds:
        return {"style": "form", "explode": True}
    return {"style": of_objects, "explode": True} if "object" in kinds or "$ref" in about else {}


def public_words(text: str) -> str:
    """Leave out of a description where its facts were found, which tells nothing to who calls."""
    return WHERE.sub("", SOURCE.sub("", cleandoc(text))).strip()


def _public(schema: Any) -> Any:
    """Write a schema for readers and generators: no titles but those of whole shapes, no places in our own files."""
    if isinstance(schema, list):
        return [_public(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _public(value) for key, value in schema.items() if not _is_ours_alone(key, value)}
    if isinstance(found.get("description"), str):
        found["description"] = public_words(found["description"])
    return found


def _is_ours_alone(key: str, value: Any) -> bool:
    """Tell what says nothing to others: titles of fields, and that no other key is allowed, which is passed over."""
    return (key == "title" and isinstance(value, str)) or (key == "additionalProperties" and value is False)


def _title(name: str) -> str:
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[._]", name))


def _responses(kind: type[Operation[Any]]) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": "Done"}
    if kind.http.success != HTTPStatus.NO_CONTENT:
        sample = example_of(kind).reply
        answer["content"] = {kind.http.media: {"schema": _public(reply_schema(kind)), "example": sample}}
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
