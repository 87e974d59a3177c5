"""What holds for every operation of the contract, found among the subclasses of Operation, never in a list."""

import importlib
import json
import pkgutil
import sys
from typing import Annotated, get_args

import pytest
from openapi_spec_validator import validate
from pydantic import BaseModel, Field
from sqlalchemy import String

import app.engine.handlers
import app.rees46
from app.engine.answers import ANSWERED
from app.engine.store.base import Base
from app.rees46 import openapi
from app.rees46.catalogue import every_operation
from app.rees46.examples import FOLDER

for package in (app.rees46, app.engine.handlers):
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")

OPERATIONS = every_operation()
EXAMPLES = FOLDER
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
    "/openapi.json",
    "/chats",
    "/outbox/open",
    "/outbox/<code>",
    "/outbox/<code>/letter",
    "/outbox/files/<int:number>",
    "/imports",
    "/notices",
    "/pictures",  # what the demo shop sells, drawn
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
    """A value that an operation writes must fit the columns of that name in its handler's own models."""
    checked, too_narrow = 0, []
    for operation in (operation for operation in OPERATIONS if operation.http.method != "GET"):
        widths = column_widths(ANSWERED[operation].handler)
        for name, field in operation.model_fields.items():
            longest = longest_of(field)
            if name in widths and longest:
                checked += 1
                too_narrow += [(operation.name(), name, longest, widths[name])] if longest > widths[name] else []
    assert not too_narrow
    assert checked > 25


def column_widths(handler):
    """The narrowest column of each name in the store modules that a handler's module imports from."""
    imported = vars(sys.modules[handler.__module__]).values()
    names = {getattr(value, "__module__", None) or getattr(value, "__name__", "") for value in imported}
    widths = {}
    for mapper in (mapper for mapper in Base.registry.mappers if mapper.class_.__module__ in names):
        for column in mapper.local_table.columns:
            if isinstance(column.type, String) and column.type.length:
                widths[column.name] = min(column.type.length, widths.get(column.name, column.type.length))
    return widths


def longest_of(field):
    """The longest text that a field takes, also where it may be left out: `Annotated[str, …] | None`."""
    rules = [*field.metadata, *(rule for kind in get_args(field.annotation) for rule in metadata_of(kind))]
    return max((longest for rule in rules if (longest := getattr(rule, "max_length", None))), default=None)


def metadata_of(kind):
    for rule in getattr(kind, "__metadata__", ()):
        yield from getattr(rule, "metadata", [rule])


def test_the_longest_text_of_a_field_is_found_where_it_may_be_left_out():
    class Call(BaseModel):
        name: Annotated[str, Field(max_length=7)] | None = None

    assert longest_of(Call.model_fields["name"]) == 7
