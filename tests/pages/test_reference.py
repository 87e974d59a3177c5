"""The API reference, made from the operations; health for machines."""

import json

import pytest
from openapi_spec_validator import validate

from app.rees46.catalogue import every_operation
from tests.adapters import Silent, trouble


@pytest.mark.parametrize("name", [kind.name() for kind in every_operation()])
def test_every_operation_has_a_page_with_its_curl(viewer, name):
    page = viewer.get(f"/reference/{name}")
    assert page.h1 == name
    assert "curl" in page.text
    assert page.row("shop_id")


def test_the_openapi_document_is_valid_and_names_every_operation(viewer):
    document = json.loads(viewer.get("/reference/openapi.json").html)
    validate(document)
    named = {one["operationId"] for methods in document["paths"].values() for one in methods.values()}
    assert named == {kind.name() for kind in every_operation()}


def test_an_unknown_operation_is_not_found(viewer):
    assert viewer.get("/reference/no.Such").status == 404


def test_machines_ask_after_the_health_without_signing_in(app, stranger):
    assert json.loads(stranger.get("/health").html) == {"status": "ok"}
    assert json.loads(stranger.get("/ready").html) == {"status": "ok", "database": "ok", "rees46": "ok"}
    trouble(app, Silent())
    assert json.loads(stranger.get("/ready").html)["rees46"] == "failing"
