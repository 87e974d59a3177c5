"""What official apps and shop modules send, replayed against the box with the demo shop, and what they need of a reply.

The requests in sdk_requests.json were written down from the public sources of the clients, read and not driven: React
Native, iOS and Android whole, the PHP, Java, OpenCart, CS-Cart, Magento, Bitrix and Shopware ones by what is recorded
of them (rees46.md). Stories, loyalty, deliveries, pop-ups and predictions of React Native 4 are what its release 4.0.18
sent when it was driven against the box in November 2026.

`needs` are the fields that their models read, with the types that they must have; `says` is part of the reply, `only`
all of its keys. A `contradiction` is what two clients, or a client and the reference, want of the same field: it says
which was chosen.
"""

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest

from app.rees46.catalogue import every_operation

REQUESTS = json.loads((Path(__file__).parent / "sdk_requests.json").read_text())
CHANNEL, CATEGORY = "channel", "category"
TYPES = {
    "string": lambda value: isinstance(value, str),
    "number": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "number|null": lambda value: value is None or TYPES["number"](value),
    "boolean": lambda value: isinstance(value, bool),
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "objects": lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value),
    "strings": lambda value: isinstance(value, list) and all(isinstance(one, str) for one in value),
}


@pytest.fixture(scope="module")
def codes(read_wire):
    """The demo shop's own codes of places and processes of reviews."""
    places, processes = (read_wire.get(f"/nps/{kind}?shop_id=demo").json for kind in ("channels", "categories"))
    return {CHANNEL: places[0]["code"], CATEGORY: processes[0]["code"]}


@pytest.mark.parametrize("sent", REQUESTS, ids=lambda sent: f"{sent['client']}: {sent['what']}")
def test_a_clients_request_is_answered_as_it_needs(read_wire, codes, sent):
    answer = read_wire.open(**how(sent, codes))
    assert answer.status_code == sent["status"], answer.text
    if sent["status"] == 204 or "text" in sent:
        return
    said = answer.text if isinstance(sent.get("says"), str) else answer.json
    for path, kind in sent["needs"].items():
        found = list(at(said, path))
        assert found, path
        assert all(TYPES[kind](value) for value in found), (path, kind, found[0])
    if isinstance(sent.get("says"), dict):
        assert sent["says"].items() <= said.items()
    elif "says" in sent:
        assert said == sent["says"]
    assert "only" not in sent or list(said) == sent["only"]
    assert all(name not in said for name in sent.get("lacks", []))


def how(sent, codes):
    """The request as it goes over the wire."""
    query = sent.get("query", "")
    query = query if isinstance(query, str) else urlencode(given(sent, query, codes))
    body = {name: given(sent, sent[name], codes) for name in ("json",) if name in sent}
    if "form" in sent:
        body = {"data": urlencode(sent["form"]), "content_type": "application/x-www-form-urlencoded"}
    return {
        "method": sent["method"],
        "path": sent["path"],
        "query_string": query,
        "headers": sent.get("headers"),
    } | body


def given(sent, parameters, codes):
    return {**parameters, **codes} if sent.get("needs_codes") and CHANNEL in parameters else parameters


def at(said, path):
    """All values at a place: `products[].id` is that of each product, of which there must be one at least."""
    step, _, rest = path.partition(".")
    name, is_list = step.removesuffix("[]"), step.endswith("[]")
    value = said[name] if name else said
    for one in value if is_list else [value]:
        yield from at(one, rest) if rest else [one]


def test_each_client_is_there_and_its_contradictions_are_named():
    clients = {sent["client"] for sent in REQUESTS}
    assert clients >= {
        "android",
        "ios",
        "react-native 4",
        "react-native 1",
        "php",
        "java",
        "opencart",
        "magento",
        "cs-cart",
    }
    assert all(len(sent["contradiction"]) > 20 for sent in REQUESTS if "contradiction" in sent)


def test_the_requests_go_where_operations_are():
    paths = {path for kind in every_operation() for path in (kind.http.path, *kind.http.also)}
    heads = {path.rpartition(" ")[2].partition("{")[0] for path in paths}
    assert all(any(sent["path"].startswith(head) for head in heads) for sent in REQUESTS)
