"""The API reference, made from the operations; health for machines."""

import json

import pytest

from app.rees46.catalogue import every_operation
from app.rees46.openapi import document
from tests.adapters import Silent, trouble


@pytest.mark.parametrize("name", [kind.name() for kind in every_operation()])
def test_every_operation_has_a_page_with_its_curl(viewer, name):
    page = viewer.get(f"/reference/{name}")
    assert page.h1 == name
    assert "curl" in page.text
    assert page.row("shop_id")


def test_the_openapi_document_is_valid_and_names_every_operation(viewer):
    written = json.loads(viewer.get("/reference/openapi.json").html)
    assert written == json.loads(json.dumps(document("http://localhost/api")))  # valid, as tests/house has it
    named = {method["operationId"] for methods in written["paths"].values() for method in methods.values()}
    assert {name for name in named if name.rpartition(".")[2].isdecimal() is False} == {
        kind.name() for kind in every_operation()
    }


def described(schema):
    if isinstance(schema, dict):
        yield from (schema[key] for key in ("description",) if isinstance(schema.get(key), str))
        for value in schema.values():
            yield from described(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from described(value)


def test_the_openapi_document_can_be_used_by_tools():
    written = document("http://localhost/api")
    titles = [schema.get("title") for name, schema in written["components"]["schemas"].items() if name != "Error"]
    assert len(set(titles)) == len(titles)
    calls = [call for methods in written["paths"].values() for call in methods.values()]
    assert len({call["operationId"] for call in calls}) == len(calls)
    for call in calls:
        assert "security" in call
        for one in call["parameters"]:
            kinds = {part.get("type") for part in (one["schema"], *one["schema"].get("anyOf", []))}
            assert not kinds & {"array", "object"} or one["style"]
    assert not [words for words in described(written) if ".md" in words or "Source:" in words or chr(167) in words]
    for kind in every_operation():
        for way in kind.http.also:
            method, path = way.split(" ", 1)
            assert method.lower() in written["paths"][path]


def test_the_openapi_document_needs_no_session(stranger):
    assert json.loads(stranger.get("/reference/openapi.json").html)["openapi"] == "3.1.0"


def test_shapes_of_one_name_are_told_apart():
    written = document("http://localhost/api")
    answer = written["paths"]["/orders/last_for_user"]["get"]["responses"]["200"]
    name = answer["content"]["application/json"]["schema"]["items"]["$ref"].rpartition("/")[2]
    assert "quantity" in written["components"]["schemas"][name]["properties"]


def test_a_page_shows_what_the_elements_of_a_list_are_made_of(viewer):
    page = viewer.get("/reference/products.Put")
    assert page.row("seasonality")[1] == "array of integer"
    assert page.row("delivery_types")[1] == "object"
    assert page.row("compatibility")[1] == "array of Car"
    assert viewer.get("/reference/orders.Sync").row("quantity")


def test_the_curl_of_a_page_has_all_that_its_call_needs(viewer):
    assert "item_id%5B0%5D=" in viewer.get("/reference/events.Track").text
    assert '"links": [{"url": "https://' in viewer.get("/reference/links.Create").text


def test_a_page_names_the_other_words_for_a_parameter(viewer):
    assert "ssid" in viewer.get("/reference/events.Track").row("did")[3]


def test_a_page_lists_only_the_refusals_that_its_operation_knows(viewer):
    assert "403" not in viewer.get("/reference/sessions.Init").text
    assert "401" not in viewer.get("/reference/products.Put").text
    assert "plain text" in viewer.get("/reference/legacy.GenerateSsid").text


def test_an_unknown_operation_is_not_found(viewer):
    assert viewer.get("/reference/no.Such").status == 404


def test_machines_ask_after_the_health_without_signing_in(app, stranger):
    assert json.loads(stranger.get("/health").html)["status"] == "ok"
    assert json.loads(stranger.get("/ready").html) == {"status": "ok", "database": "ok", "rees46": "ok"}
    trouble(app, Silent())
    assert json.loads(stranger.get("/ready").html)["rees46"] == "failing"
