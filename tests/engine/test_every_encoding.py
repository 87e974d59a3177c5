"""Every parameter of every operation means the same in every encoding: query, form, JSON and indexed keys."""

import io
import json
from urllib.parse import quote, quote_plus

import pytest
from flask import Request
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError
from werkzeug.test import encode_multipart

from app.config import Settings
from app.engine.answers import Refusal
from app.engine.http.upload import parsed_request
from app.rees46.catalogue import every_operation
from app.rees46.examples import example_of
from app.rees46.values import CsvList
from tests.engine.drawing import NOTHING, calls, names

READING = [pytest.param(operation, id=operation.name()) for operation in every_operation() if operation.http.only_reads]
OPERATIONS = [pytest.param(operation, id=operation.name()) for operation in every_operation()]
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
REFUSED = "refused"
KEYS = {"shop_id": "demo", "shop_secret": "demo-secret"}
# What makes the vendor's example one that has an answer, and always the same.
ALSO = {
    "communications.ReadOne": {"ID": "1", "email": "anna.kowalska@example.com"},
    "products.Read": {"item_id": "37"},
    "recommendations.Recommend": {"prevent_shuffle": True},
    "search.Search": {"search_query": "bicycle", "filters": {}, "categories": ["1", "2", "3"]},
}
# A code that was made a moment ago stands in no example.
HAS_NO_CODE = {"loyalty_members.QrCheck", "notifications.OfMessage"}
QUICK = settings(
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """Settings with a folder for request files."""
    return Settings(var=tmp_path_factory.mktemp("var"))


@pytest.mark.parametrize("operation", OPERATIONS)
def test_every_parameter_of_an_operation_means_the_same_however_it_is_written(var, operation):
    read = set()

    @given(calls(operation))
    @settings(QUICK, max_examples=max(20, len(operation.model_fields)))
    def is_understood_alike(said):
        meant = {name: understood(operation, way, var) for name, way in ways(operation, said).items()}
        assert all(call == meant["JSON"] for call in meant.values()), meant
        read.update(getattr(meant["JSON"], "model_fields_set", ()))

    is_understood_alike()
    assert read >= set(operation.model_fields)


@pytest.mark.parametrize("operation", READING)
def test_the_box_answers_a_reading_call_alike_however_it_is_written(read_wire, operation):
    said = example_of(operation).call.params() | ALSO.get(operation.name(), {})
    path = operation.parse(said).url_path()
    answers = {
        name: read_wire.open(path, method=operation.http.method, query_string=query, content_type=kind, data=body)
        for name, (query, kind, body) in ways(operation, said | KEYS).items()
    }
    statuses = {answer.status_code for answer in answers.values()}
    assert statuses == {200} or (operation.name() in HAS_NO_CODE and len(statuses) == 1)
    assert all(answer.data == answers["JSON"].data for answer in answers.values())


def understood(operation, way, var):
    """What the box understands: an operation, or that it must refuse the call."""
    query, mimetype, body = way
    environ = {
        "REQUEST_METHOD": "POST",
        "QUERY_STRING": query,
        "CONTENT_TYPE": mimetype,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    streams = operation.http.streams
    try:
        with parsed_request(Request(environ), streams, var) as (said, request_file):
            listed = {streams: json.loads(request_file.path.read_bytes())[streams]} if request_file else {}
            return operation.parse(said | listed)
    except (Refusal, ValidationError):
        return REFUSED


def ways(operation, said):
    """Write a call in every way; each is (query, content type, body)."""
    text = json.dumps(said).encode()
    indexed, unnumbered, as_json, commas, nested = (
        list(atoms(operation, said, how)) for how in ("[0]", "[]", "JSON", "a,b", "[0][a]")
    )
    boundary, multipart = encode_multipart(dict(indexed))
    some = dict(list(said.items())[::2])
    return {
        "JSON": ("", JSON, text),
        "JSON that says it is a form": ("", FORM, text),
        "indexed keys in a query": (written(indexed), "", b""),
        "indexed keys in a query, the brackets encoded": (written(indexed, safe=""), FORM, b""),
        "indexed keys in a form": ("", FORM, written(indexed, quoted=quote_plus).encode()),
        "keys without an index in a form": ("", FORM, written(unnumbered, safe="").encode()),
        "objects in indexed keys": ("", FORM, written(nested).encode()),
        "lists as JSON text in a query": (written(as_json), "", b""),
        "lists with commas in a query": (f"&&{written(commas)}&=&", "", b""),
        "multipart": ("", f"multipart/form-data; boundary={boundary}", multipart),
        "a JSON body over a query": (written(atoms(operation, some, "[0]")), JSON, text),
    }


def written(pairs, safe="[]", quoted=quote):
    return "&".join(f"{quoted(name, safe=safe)}={quoted(value, safe='')}" for name, value in pairs)


def atoms(operation, said, how):
    """The pairs that a query or a form holds."""
    for name, value in said.items():
        if not isinstance(value, list | dict):
            yield name, as_text(value)
        elif how == "[0][a]" and may_be_nested(value):
            yield from nested(name, value)
        elif how == "a,b" and may_have_commas(operation, name, value):
            yield name, ",".join(map(as_text, value))
        elif how == "JSON" or not (value and is_flat(value)):
            yield name, json.dumps(value)
        else:
            yield from ((f"{name}[{'' if how == '[]' else place}]", as_text(item)) for place, item in enumerate(value))


def is_flat(value):
    return isinstance(value, list) and not any(isinstance(item, list | dict) for item in value)


def as_text(value):
    return value if isinstance(value, str) else json.dumps(value)


def may_have_commas(operation, name, value):
    """Whether a list may be written with commas: of such a parameter, and of what has none itself."""
    fields = operation.model_fields.items()
    takes_commas = any(CsvList in field.metadata for own, field in fields if name in names(own, field))
    texts = [as_text(item) for item in value]
    return value and takes_commas and all(text == text.strip() and not set(text) & set(",[{") for text in texts)


def may_be_nested(value):
    """Whether brackets can say it: they know nothing but text, no empty list, and a list by its numbers."""
    if isinstance(value, list):
        return bool(value) and all(map(may_be_nested, value))
    if isinstance(value, dict):
        are_keys = all(key.strip() not in NOTHING and not set(key) & set("[]") for key in value)
        return are_keys and not all(map(str.isdecimal, value)) and all(map(may_be_nested, value.values()))
    return isinstance(value, str) and value.strip() not in NOTHING


def nested(name, value):
    if isinstance(value, str):
        yield name, value
    else:
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from nested(f"{name}[{key}]", item)
