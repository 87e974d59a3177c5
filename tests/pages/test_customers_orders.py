"""The orders of a customer with payment, delivery, lines and history; those of the profile where no more is told."""

import json

import pytest

from tests.adapters import Answering, Dead, trouble

ANNA = "anna.kowalska@example.com"


@pytest.fixture
def path(agent):
    return f"{agent.post('/customers/find', {'who': ANNA}).path}/orders"


def test_an_order_shows_how_it_was_paid_where_it_goes_and_what_became_of_its_lines(agent, path):
    page = agent.get(path)
    order = page.dom.find(id="order-1")
    facts = dict(
        zip(
            *[[each.get_text(strip=True) for each in order.select(f".facts {tag}")] for tag in ("dt", "dd")],
            strict=True,
        )
    )
    assert order.find("h2").get_text(strip=True) == "BK-20977"
    assert facts["Money"] == "1,308"
    assert facts["Card"] == "visa"
    assert facts["Address"] == "12 Mare Street, London"
    assert facts["Gift wrapping"] == "yes"
    rows = [row.get_text(" ", strip=True) for row in order.select("tbody tr")]
    assert "shipped" in rows[0]
    assert "before discounts: 398 · discount of the programme: 80" in rows[0]
    assert "placed" in order.select_one(".timeline").get_text()


@pytest.mark.parametrize(
    "adapter", [Dead, lambda: Answering(404, b""), lambda: Answering(403, b""), lambda: Answering(503)]
)
def test_where_no_more_is_told_the_profile_says_what_it_knows(app, agent, path, adapter):
    trouble(app, adapter(), "/orders/by_user")
    page = agent.get(path)
    assert page.status == 200
    assert "dates, payment and delivery are not told here" in page.text
    assert page.row("BK-20388")


def test_an_order_of_which_little_is_told_stands_all_the_same(app, agent, path):
    second = {"id": "A-2", "items": [{"item": {"id": "S1"}}], "payment_structure": {"gift_card": "5"}}
    body = json.dumps({"status": "success", "data": {"orders": [{"id": "A-1"}, second]}}).encode()
    trouble(app, Answering(body=body), "/orders/by_user")
    page = agent.get(path)
    assert "REES46 did not say what was ordered." in page.text
    assert "gift_card 5" in page.text
