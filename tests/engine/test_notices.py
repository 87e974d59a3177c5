"""Staff learn of every import that did not go as it should, whatever it brought."""

import pytest

from app.engine.worker.main import work_until_idle
from app.rees46 import bonuses, imports, orders
from tests.engine.asking import SECRET

ANNA = "anna@example.com"


@pytest.fixture
def notices(wire, settings):
    """Let the worker do what was accepted, then read."""

    def read():
        work_until_idle(settings)
        return wire.get("/notices?shop_id=shop", headers={"X-Shop-Secret": SECRET}).json

    return read


def test_a_failure_of_orders_and_one_of_bonuses_are_told_with_the_reasons(shop, notices):
    shop.send(orders.Sync(orders=[{"id": "N1", "status": "paid"}, {"id": "N2", "items": [{"id": "37"}]}]))
    shop.send(bonuses.Import(bonuses=[{"balance": 5}, {"email": ANNA, "balance": 8}]))
    of_bonuses, of_orders = notices()
    assert (of_orders["kind"], of_orders["total"], of_orders["done"], of_orders["left_out"]) == ("orders", 2, 1, 1)
    assert of_orders["remarks"] == [{"row": 1, "words": "The order is not known yet, and has no items"}]
    assert (of_bonuses["kind"], of_bonuses["left_out"], of_bonuses["remarks"][0]["row"]) == ("bonuses", 1, 1)
    assert of_orders["webhook"] is of_bonuses["webhook"] is None, "REES46 documents one for the catalogue alone"


def test_imports_without_a_fault_are_none_of_their_business(shop, notices):
    shop.send(orders.Sync(orders=[{"id": "N2", "items": [{"id": "37"}]}]))
    shop.send(bonuses.Import(bonuses=[{"email": ANNA, "balance": 8}]))
    assert notices() == []


def test_people_who_were_put_into_no_segment_are_told_of(shop, notices):
    shop.send(imports.Audience(audience=[{"email": ANNA}], segment_id="404"))
    (notice,) = notices()
    assert (notice["done"], notice["left_out"], notice["remarks"][0]["row"]) == (1, 0, None)
