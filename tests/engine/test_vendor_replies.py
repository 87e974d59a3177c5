"""The replies that the vendor's reference prints: for a customer who has it all, the box answers every printed key."""

import json

import pytest

from app.rees46.catalogue import operation_named
from tests.engine.drawing import EXAMPLES
from tests.rees46.test_examples import names_in

KEYS = {"shop_id": "demo", "shop_secret": "demo-secret"}
WHO = {"email": "user@example.com"}
ANNA = {"email": "anna.kowalska@example.com"}
# What to ask the seeded box for, so that its answer has something under each key.
ASKED = {
    "categories.Tree": {},
    "communications.Read": ANNA,
    "communications.ReadOne": ANNA | {"ID": "1"},
    "crm.Search": {"by": "loyalty_id", "ids": ["L01", "L02"]},
    "nps.Categories": {},
    "nps.Channels": {},
    "nps.Reviews": {},
    "orders.LastForUser": WHO,
    "products.Read": {"item_id": "37"},
    "profile.Read": WHO,
    "promo_codes.Lists": {},
    "recommendations.Recommend": {"recommender_code": "1fd1b3495137bc3c9299816026acf36f"},
    "search.NoResultQueries": {},
    "search.Search": WHO | {"type": "full_search", "search_query": "bicycle", "extended": True},
    "segments.Get": WHO,
    "subscriptions.Changes": {"from": "2026-01-01"},
    "subscriptions.Check": WHO,
    "triggers.CheckBackInStock": WHO | {"item": "37"},
    "triggers.CheckPriceDrop": WHO | {"item": "37"},
    "triggers.WaitingForPrice": {},
    "triggers.WaitingForStock": {},
}
OF_THE_SHOP = (".custom_properties.", ".tags")  # names and words that each shop chooses itself


@pytest.mark.parametrize("name", ASKED)
def test_the_box_answers_with_every_printed_key(read_wire, name):
    operation = operation_named(name)
    said = ASKED[name] | KEYS
    path = operation.http.path.format_map({"id": "1"} | ASKED[name])
    answer = read_wire.open(path, method=operation.http.method, json=said).json
    operation.read(answer)
    missing = names_in(printed(name)) - names_in(answer)
    assert {key for key in missing if not key.startswith(OF_THE_SHOP)} == set()


def printed(name):
    return json.loads((EXAMPLES / f"{name}.json").read_text())["reply"]
