"""What holds for every operation of the contract, found among the subclasses of Operation, never in a list."""

import importlib
import json
import pkgutil

import pytest
from openapi_spec_validator import validate
from sqlalchemy import String

import app.engine.handlers
import app.rees46
from app.engine.answers import ANSWERED
from app.engine.store.base import Base
from app.rees46 import openapi
from app.rees46.catalogue import every_operation
from tests.house.repository import ROOT

for package in (app.rees46, app.engine.handlers):
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")

OPERATIONS = every_operation()
EXAMPLES = ROOT / "tests/rees46/examples"
# Operations that the box does not answer, with the reason.
EXCUSED: dict[str, str] = {}
# What the box serves besides operations.
PLAIN_ROUTES = {
    "/health",
    "/ready",
    "/<code:code>",  # where a short link leads
    "/box.css",
    "/outbox",
    "/events",
    "/chats",
    "/outbox/open",
    "/outbox/<code>",
    "/outbox/<code>/letter",
    "/imports",
    "/notices",
    "/imports/<int(max=2147483647):number>",
}


def test_there_are_operations():
    assert len(OPERATIONS) >= 20


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name())
def test_is_answered_by_the_box_or_excused(operation):
    assert (operation in ANSWERED) != (operation.name() in EXCUSED)


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name())
def test_has_an_example_of_the_vendor(operation):
    assert (EXAMPLES / f"{operation.name()}.json").exists()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name())
def test_says_what_it_does_in_a_sentence(operation):
    first = (operation.__doc__ or "").splitlines()[0]
    assert first.endswith((".", ":", ";"))


def test_every_example_is_of_an_operation():
    names = {operation.name() for operation in OPERATIONS}
    assert [path.name for path in EXAMPLES.glob("*.json") if path.stem not in names] == []


def test_the_openapi_document_is_valid():
    document = json.loads(json.dumps(openapi.document("http://localhost/api")))
    validate(document)
    described = {f"{method.upper()} {path}" for path, item in document["paths"].items() for method in item}
    assert {f"{operation.http.method} {operation.http.path}" for operation in OPERATIONS} <= described


def test_no_two_operations_share_a_method_and_a_path():
    ways = [
        way
        for operation in OPERATIONS
        for way in (f"{operation.http.method} {operation.http.path}", *operation.http.also)
    ]
    assert len(ways) == len(set(ways))


def test_the_box_serves_operations_and_the_plain_routes_named_here(box):
    operations = {operation.name() for operation in OPERATIONS}
    plain = {rule.rule for rule in box.url_map.iter_rules() if rule.endpoint.rpartition(".")[0] not in operations}
    assert plain == PLAIN_ROUTES


def test_columns_hold_what_operations_allow():
    """A value that an operation lets in must fit the widest column of its name, or PostgreSQL cannot keep it."""
    widths = {}
    for column in (column for table in Base.metadata.tables.values() for column in table.columns):
        if isinstance(column.type, String) and column.type.length:
            widths[column.name] = max(column.type.length, widths.get(column.name, 0))
    too_narrow = [
        f"{operation.name()}.{name}: {longest} fits not into {widths[name]}"
        for operation in OPERATIONS
        for name, field in operation.model_fields.items()
        if name in widths and (longest := longest_of(field)) and longest > widths[name]
    ]
    assert not too_narrow, "\n".join(too_narrow)


def longest_of(field):
    return max((found for rule in field.metadata if (found := getattr(rule, "max_length", None))), default=None)
