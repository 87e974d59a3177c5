"""Doors: a link from a help desk opens a customer, and no contact stands in an address."""

import pytest


@pytest.mark.parametrize("query", ["external_id=10001", "loyalty_id=BIKE-0001", "external_id=+10001+"])
def test_an_id_in_the_address_opens_the_customer(viewer, query):
    page = viewer.get(f"/s/demo/open?{query}")
    assert "Anna Kowalska" in page.text
    assert page.path.startswith("/customers/")


def test_an_order_opens_its_customer_once_they_were_opened_here(agent):
    assert agent.get("/s/demo/open?order=BK-20977").status == 404
    agent.post("/customers/find", {"who": "anna.kowalska@example.com"})
    assert "Anna Kowalska" in agent.get("/s/demo/open?order=BK-20977").text


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("external_id=nobody-1", 404, "Nobody was found"),
        ("loyalty_id=%00", 404, "Nothing was changed"),
        ("external_id=" + "9" * 3000, 404, "Nobody was found"),
        ("order=x", 404, "Nobody was found"),
        ("email=anna.kowalska", 422, "A contact does not belong in an address"),
        ("phone=447700900101", 422, "A contact does not belong in an address"),
        ("", 200, "Links from a help desk lead here."),
        ("nonsense=1", 200, "Links from a help desk lead here."),
    ],
)
def test_what_leads_to_nobody_says_so(agent, query, status, words):
    page = agent.get(f"/s/demo/open?{query}")
    assert page.status == status
    assert words in page.text
    assert "anna.kowalska" not in page.html


def test_a_door_survives_signing_in(stranger):
    page = stranger.get("/s/demo/open?external_id=10001")
    assert page.path == "/account/sign-in"
    assert "next=%2Fs%2Fdemo%2Fopen%3Fexternal_id%3D10001" in page.answer.request.full_path


def test_a_look_up_by_address_is_not_dropped_silently(agent):
    page = agent.get("/customers/find?q=BIKE-0001")
    assert page.tree.cssselect("input#who")[0].get("value") == "BIKE-0001"
    assert "Nobody was looked up yet" in page.text
