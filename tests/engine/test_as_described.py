"""What the box answers is what its OpenAPI document describes: statuses, types of content and schemas.

`make trial` has Schemathesis look for the same, for longer (tests/trials/test_openapi.py).
"""

import json
import shutil
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings

from app.config import Settings
from app.engine.http.app import create_box
from app.rees46.catalogue import every_operation
from app.rees46.examples import example_of
from app.rees46.request import flattened
from tests.engine.described import differences, whole
from tests.engine.drawing import calls

OPERATIONS = [pytest.param(kind, id=kind.name()) for kind in every_operation()]
KEYS = {"shop_id": "demo", "shop_secret": "demo-secret"}
FORM = "application/x-www-form-urlencoded"
QUICK = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=5,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.fixture(scope="module")
def wire(seeded, tmp_path_factory):
    """A box of this module's own: what its tests write stays in it."""
    folder = tmp_path_factory.mktemp("described")
    shutil.copytree(seeded, folder, dirs_exist_ok=True)
    box = create_box(Settings(var=folder, public_url="http://localhost", box_import_rate=0))
    yield box.test_client()
    box.extensions["db"].engine.dispose()


@pytest.mark.parametrize("kind", OPERATIONS)
def test_an_answer_is_as_it_is_described(wire, kind):
    @given(calls(kind))
    @settings(QUICK)
    def is_as_described(said):
        assert differences(kind, asked(wire, kind, KEYS | said)) == []

    is_as_described()


@pytest.mark.parametrize("kind", OPERATIONS)
def test_a_refusal_is_as_it_is_described(wire, kind):
    for said in ({}, {"shop_id": "nobody's"}, {"shop_id": "demo", "shop_secret": "wrong"}, KEYS):
        assert differences(kind, asked(wire, kind, said)) == []
    for body in (b"{", b"[]", b'{"shop_id": {}}', b"\xff", b'{"shop_id": "\\u0000"}'):
        answer = wire.open(path_of(kind, {}), method=kind.http.method, data=body, content_type="application/json")
        assert differences(kind, answer) == [], body


def test_tools_of_other_languages_can_read_the_patterns():
    """JavaScript knows no `(?i)`; what stands in a pattern must mean the same everywhere."""
    assert [pattern for pattern in patterns(whole()) if "(?" in pattern or r"\A" in pattern or r"\Z" in pattern] == []


def test_every_domain_and_every_answer_says_what_it_is():
    assert all(tag["description"] for tag in whole()["tags"])
    answers = [
        answer
        for methods in whole()["paths"].values()
        for operation in methods.values()
        for answer in operation["responses"].values()
    ]
    assert all(answer["description"] for answer in answers)


def patterns(schema):
    if isinstance(schema, dict):
        yield from [schema["pattern"]] if isinstance(schema.get("pattern"), str) else []
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from patterns(part)


def path_of(kind, said):
    """The path with what is said of the names in it, or else with what the example says."""
    example = example_of(kind).call
    return kind.http.path.format_map(
        {name: quote(str(said.get(name) or getattr(example, name)), safe="") for name in kind.in_path()}
    )


def asked(wire, kind, said):
    """Ask the box as the document says that this operation is asked."""
    path, method = path_of(kind, said), kind.http.method
    if kind.http.sends == "json":
        return wire.open(path, method=method, data=json.dumps(said), content_type="application/json")
    text = urlencode(flattened(said))
    if kind.http.sends == "form":
        return wire.open(path, method=method, data=text, content_type=FORM)
    return wire.open(f"{path}?{text}", method=method)
