"""The vendor's published requests and replies, kept as data: independent of what the contract says."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from app.rees46.catalogue import every_operation
from app.rees46.examples import FOLDER
from app.rees46.request import Call

EXAMPLES = sorted(FOLDER.glob("*.json"))
OPERATIONS = {operation.name(): operation for operation in every_operation()}
KEYS = {"shop_id", "shop_secret"}


def example(path):
    return json.loads(path.read_text())


def built(path):
    return OPERATIONS[path.stem].model_validate(example(path)["request"]["parameters"])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_vendors_example_is_what_we_send(path):
    published = example(path)["request"]
    call = Call(built(path), "https://api.rees46.com", "SHOPID", "SECRET")
    url = urlsplit(call.url)
    assert (call.method, url.path) == (published["method"], published["path"])
    assert how(call) == published["sends"]
    assert said(call, url) == as_sent(published)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_vendors_reply_is_understood_to_its_last_key(path):
    operation, published = OPERATIONS[path.stem], example(path)["reply"]
    answer = operation.write(operation.read(published))
    understood = answer.decode() if operation.http.replies == "text" else json.loads(answer or "null")
    assert names_in(published) <= names_in(understood)


def names_in(said, place=""):
    """The paths of all keys, wherever they stand."""
    if isinstance(said, list):
        return set().union(*(names_in(item, f"{place}[]") for item in said))
    if not isinstance(said, dict):
        return {place}
    return set().union(*(names_in(value, f"{place}.{key}") for key, value in said.items()))


def how(call):
    kind = call.headers.get("Content-Type", "")
    return "json" if kind.endswith("json") else "form" if kind else "query"


def said(call, url):
    """What the call says besides the shop's keys."""
    if how(call) == "json":
        return {key: value for key, value in json.loads(call.body).items() if key not in KEYS}
    text = call.body.decode() if call.body else url.query
    return {key: value for key, value in parse_qsl(text, keep_blank_values=True) if key not in KEYS}


def as_sent(published):
    in_path = {part for part in published["path"].split("/") if part}
    said = published["parameters"].items()
    parameters = {key: value for key, value in said if not (isinstance(value, str) and value in in_path)}
    if published["sends"] == "json":
        return parameters
    return {key: value if isinstance(value, str) else json.dumps(value) for key, value in one_by_one(parameters)}


def one_by_one(parameters):
    """A list as the reference writes it in a form: item_id[0], item_id[1], …"""
    for key, value in parameters.items():
        if isinstance(value, list) and not any(isinstance(item, dict) for item in value):
            yield from ((f"{key}[{place}]", item) for place, item in enumerate(value))
        else:
            yield key, value
