"""The OpenAPI document as a measure: whether an answer is one that it describes."""

import json
from functools import cache

from openapi_schema_validator import OAS31Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from app.rees46.openapi import document


@cache
def whole():
    return json.loads(json.dumps(document("http://localhost/api", "demo")))


@cache
def everything():
    return Registry().with_resource("urn:openapi", Resource.from_contents(whole(), DRAFT202012))


def absolute(schema):
    """The schema with references to the whole document."""
    if isinstance(schema, list):
        return [absolute(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: f"urn:openapi{value}" if key == "$ref" else absolute(value) for key, value in schema.items()}


def validator(schema):
    return OAS31Validator(absolute(schema), registry=everything())


@cache
def _of_reply(path, method, status, media):
    answer = whole()["paths"][path][method]["responses"][status]
    return validator(answer["content"][media]["schema"])


def differences(kind, answer):
    """In what an answer of the box differs from its description."""
    path, method, status = kind.http.path, kind.http.method.lower(), str(answer.status_code)
    described = whole()["paths"][path][method]["responses"]
    if status not in described:
        return [f"status {status} is not described: {answer.text[:200]}"]
    content = described[status].get("content", {})
    if not content:
        return ["a body, and none is described"] if answer.data else []
    if answer.mimetype not in content:
        return [f"{answer.mimetype or 'no type'} is not described for {status}"]
    body = answer.json if answer.mimetype == "application/json" else answer.text
    wrong = _of_reply(path, method, status, answer.mimetype).iter_errors(body)
    return [f"{status} {error.json_path}: {error.message[:200]}" for error in wrong]
