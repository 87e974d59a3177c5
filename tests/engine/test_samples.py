"""The examples of the OpenAPI document and of the reference can be sent as they are: the demo shop answers them."""

import pytest

from app.rees46.catalogue import every_operation
from app.rees46.examples import example_of
from app.rees46.request import Call
from tests.engine.described import validator, whole

READING = [kind for kind in every_operation() if kind.http.only_reads]
WRITING = [kind for kind in every_operation() if not kind.http.only_reads]
# A code that was made a moment ago stands in none.
REFUSED = {"loyalty_members.CheckCode": 400, "loyalty_members.QrCheck": 400, "notifications.OfMessage": 404}


@pytest.mark.parametrize("kind", READING, ids=lambda kind: kind.name())
def test_the_demo_shop_answers_the_example_of_a_reading_operation(read_wire, kind):
    assert status(read_wire, kind) == REFUSED.get(kind.name(), kind.http.success)


@pytest.mark.parametrize("kind", WRITING, ids=lambda kind: kind.name())
def test_the_demo_shop_answers_the_example_of_a_writing_operation(seeded_wire, kind):
    assert status(seeded_wire, kind) == REFUSED.get(kind.name(), kind.http.success)


def status(wire, kind):
    call = Call(example_of(kind).call, "http://localhost", "demo", "demo-secret")
    url = call.url.removeprefix("http://localhost")
    return wire.open(url, method=call.method, data=call.body, headers=call.headers).status_code


def test_every_example_is_of_the_schema_beside_it():
    checked, wrong = 0, []
    for way, operation in ways(whole()):
        for name, schema, example in examples(operation):
            checked += 1
            errors = validator(schema).iter_errors(example)
            wrong += [(way, name, error.json_path, error.message) for error in errors]
    assert wrong == []
    assert checked > 400


def test_every_operation_has_an_example_of_its_request_and_of_its_reply():
    for way, operation in ways(whole()):
        shown = {name for name, _, _ in examples(operation)}
        needed = {one["name"] for one in operation["parameters"] if one["required"]}
        assert needed <= shown, way
        assert "reply" in shown or "204" in operation["responses"], way
        assert "body" in shown or "requestBody" not in operation, way


def ways(document):
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def examples(operation):
    """Each example with its name and schema."""
    for one in operation["parameters"]:
        if "example" in one:
            yield one["name"], one["schema"], one["example"]
    for body in operation.get("requestBody", {}).get("content", {}).values():
        yield "body", body["schema"], body["example"]
    for answer in operation["responses"].values():
        for body in answer.get("content", {}).values():
            if "example" in body:
                yield "reply", body["schema"], body["example"]
