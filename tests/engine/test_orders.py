"""Orders: taken over from the shop's own system in the background, and shown to whom they belong."""

import pytest
from sqlalchemy import select

from app.engine.store.jobs import JobRemark
from app.engine.store.orders import Order
from app.engine.worker.main import work_until_idle
from app.rees46 import orders, products
from app.rees46.errors import NotAllowed
from tests.engine.asking import ON_SQLITE

ANNA = "anna@example.com"
ORDER = {
    "id": "N1",
    "status": "new",
    "channel": "website",
    "date": 1602338740,
    "email": ANNA,
    "value": {"total": 200.13, "cash": 190, "bonuses": 15, "delivery": 20, "discount": 24.87},
    "items": [{"id": "37", "price": 205, "quantity": 1}],
}


@pytest.fixture
def sync(shop, settings):
    """Send orders, and let the worker keep them."""

    def send(*some):
        shop.send(orders.Sync(orders=list(some)))
        work_until_idle(settings)

    return send


@pytest.fixture
def remarks(db):
    return lambda: [(said.row, said.words) for said in db.scalars(select(JobRemark).order_by(JobRemark.id))]


def kept(db, number="N1"):
    return db.scalar(select(Order).where(Order.number == number))


def test_an_order_stands_in_the_profile_of_its_customer_who_has_bought_something(sync, keeper):
    sync(ORDER)
    known = keeper.profile(email=ANNA)
    (order,) = known.orders
    assert (order.id, order.value, order.status) == ("N1", 200.13, "new")
    assert [(item.id, item.price) for item in order.items] == [("37", 205)]
    assert known.bought_something


def test_a_known_order_is_brought_up_to_date_and_not_kept_twice(sync, keeper):
    sync(ORDER)
    sync(ORDER | {"status": "delivered", "items": [{"id": "187", "price": "5000", "amount": "2"}]})
    (order,) = keeper.profile(email=ANNA).orders
    assert order.status == "delivered"
    assert [(item.id, item.price, item.quantity) for item in order.items] == [("187", 5000, 2)]


@pytest.mark.parametrize("more", [{}, {"items": []}, {"items": [], "value": {"total": ""}, "email": ""}])
@ON_SQLITE
def test_a_status_alone_changes_nothing_else(sync, keeper, db, more):
    sync(ORDER)
    sync({"id": "N1", "status": 2, "date": 1602400000} | more)
    (order,) = keeper.profile(email=ANNA).orders
    assert (order.status, order.value, len(order.items)) == ("2", 200.13, 1)
    assert kept(db).at.year == kept(db).status_changed.year == 2020
    assert kept(db).status_changed > kept(db).at


def test_within_one_call_the_later_word_counts(sync, keeper):
    sync(ORDER, {"id": "N1", "status": "paid"})
    assert [order.status for order in keeper.profile(email=ANNA).orders] == ["paid"]


def test_a_total_that_is_not_the_sum_of_its_parts_is_kept_and_reported(sync, keeper, remarks):
    sync(ORDER, ORDER | {"id": "N2", "value": {"total": 100, "cash": 90}})
    assert {order.id: order.value for order in keeper.profile(email=ANNA).orders} == {"N1": 200.13, "N2": 100}
    assert remarks() == [(2, "Saved, but total is not cash + bonuses + delivery - discount")]


def test_an_order_that_makes_no_sense_is_reported_and_stops_no_other(sync, keeper, remarks):
    sync({"status": "x"}, {"id": "unknown", "status": "paid"}, ORDER | {"items": [{"price": 5}]}, ORDER)
    assert [order.id for order in keeper.profile(email=ANNA).orders] == ["N1"]
    assert sorted(row for row, _words in remarks()) == [1, 2, 3]


@ON_SQLITE
def test_without_a_total_an_order_costs_what_its_items_cost(sync, db):
    sync({"id": 77, "user_email": ANNA, "items": [{"id": 1, "price": 10.5, "amount": 2}], "value": {"delivery": 3}})
    assert kept(db, "77").total == 24.0


@ON_SQLITE
def test_an_order_of_nobody_is_kept(sync, db):
    sync({"id": "N3", "status": "new", "items": [{"id": "37"}]})
    assert (kept(db, "N3").customer_id, kept(db, "N3").items[0].price) == (None, 0)


def test_a_device_sees_the_products_of_its_last_order(sync, keeper, sdk):
    keeper.save(email=ANNA, did="d1")
    sync(ORDER, ORDER | {"id": "N2", "date": 1702338740, "items": [{"id": "187", "price": 5000, "quantity": 3}]})
    (product,) = sdk.send(orders.LastForUser(did="d1"))
    assert (product.id, product.price, product.quantity, product.currency) == ("187", 5000, 3, "RUB")
    assert sdk.send(orders.LastForUser(did="stranger")) == []


@ON_SQLITE
def test_the_orders_of_an_address_are_for_who_has_the_secret(sync, shop, sdk):
    sync(ORDER)
    assert len(shop.send(orders.LastForUser(email=ANNA))) == 1
    with pytest.raises(NotAllowed):
        sdk.send(orders.LastForUser(email=ANNA))
    assert sdk.send(orders.LastForUser(did="stranger", email=ANNA)) == []


def test_the_orders_of_a_customer_are_listed_newest_first(sync, shop, sdk):
    sync(ORDER, ORDER | {"id": "N2", "date": 1702338740})
    listed = shop.send(orders.ByUser(email=ANNA))
    assert [(order.id, order.date) for order in listed] == [
        ("N2", "2023-12-11 23:52:20"),
        ("N1", "2020-10-10 14:05:40"),
    ]
    first = listed[0]
    assert (first.order_status, first.value, first.cash_value, first.bonuses_value) == ("new", 200.13, 190, 15)
    assert [(line.amount, line.price, line.item.id) for line in first.items] == [(1, 205, "37")]
    since = shop.send(orders.ByUser(email=ANNA, date_from="2023-12-11"))
    assert [order.id for order in since] == ["N2"]
    assert shop.send(orders.ByUser(email="nobody@example.com")) == []
    with pytest.raises(NotAllowed):
        sdk.send(orders.ByUser(did="d1"))


def test_a_product_of_an_order_is_shown_as_the_catalogue_has_it_now(sync, shop, settings):
    shop.send(
        products.Put(
            items=[
                {
                    "id": "37",
                    "name": "Bell",
                    "price": 300,
                    "url": "https://shop.example/37",
                    "picture": "https://shop.example/37.png",
                    "categories": ["1"],
                }
            ]
        )
    )
    sync(ORDER | {"items": [{"id": "37", "price": 205}, {"id": "gone", "price": 1}]})
    (order,) = shop.send(orders.ByUser(email=ANNA))
    bell, gone = (line.item for line in order.items)
    assert (bell.name, bell.price_formatted, bell.url) == ("Bell", "300 RUB", "https://shop.example/37")
    assert (gone.id, gone.name, gone.price) == ("gone", None, None)


def test_the_parts_of_a_price_may_stand_apart_and_what_else_is_known_comes_back(sync, shop, remarks):
    parts = {"cash": 190, "bonuses": 15, "delivery": 20, "discount": 24.87}
    line = {"id": "37", "price": 205, "quantity": 1, "status": "shipped", "original_price": 230, "discount_coupon": 10}
    more = {"tax_free": True, "bank_issuer": "B", "bank_loyalty_program": "miles", "gift_package": True}
    said = {"value": {"total": 200.13, "products": 190}, "payment_structure": parts, "items": [line]}
    sync(ORDER | said | more | {"custom": {"floor": 3}})
    (order,) = shop.send(orders.ByUser(email=ANNA))
    assert order.payment_structure == parts
    assert order.value_raw == {"total": 200.13, "products": 190}
    assert (order.tax_free, order.bank_issuer, order.bank_loyalty_program, order.gift_package) == (
        True,
        "B",
        "miles",
        True,
    )
    assert order.custom_properties == {"floor": 3}
    (bought,) = order.items
    assert (bought.status, bought.original_price, bought.discount_coupon) == ("shipped", 230, 10)
    assert remarks() == []


def test_a_price_whose_parts_stand_apart_has_to_add_up_too(sync, remarks):
    sync(ORDER | {"value": {"total": 200.13}, "payment_structure": {"cash": 1}})
    assert "total is not cash" in remarks()[0][1]


def test_what_was_given_back_counts_no_more_and_stays_known(sync, shop, keeper):
    lines = [{"id": "37", "price": 5, "quantity": 1}, {"id": "187", "price": 7, "quantity": 1}]
    sync(ORDER | {"items": lines})
    back = {"status": "refunded", "cancel_reason": "over size"}
    sync({"id": "N1", "status": "partly", "items": [lines[0] | back, lines[1]]})
    (order,) = shop.send(orders.ByUser(email=ANNA))
    assert [(item.item.id, item.status, item.cancel_reason) for item in order.items] == [
        ("37", "refunded", "over size"),
        ("187", None, None),
    ]
    assert [item.id for item in keeper.profile(email=ANNA).orders[0].items] == ["187"]
    assert [item.id for item in shop.send(orders.LastForUser(email=ANNA))] == ["187"]


def test_the_history_tells_what_an_order_was_and_cost(sync, shop):
    sync(ORDER)
    sync({"id": "N1", "status": "paid", "date": 1602425140})
    sync({"id": "N1", "status": "paid"})
    sync(
        {"id": "N1", "status": "paid", "value": {"total": 100, "cash": 100, "bonuses": 0, "delivery": 0, "discount": 0}}
    )
    (order,) = shop.send(orders.ByUser(email=ANNA))
    assert [(step.status, step.common_value) for step in order.history] == [
        ("new", 200.13),
        ("paid", 200.13),
        ("paid", 100),
    ]
    assert order.history[1].date == "2020-10-11 14:05:40"


def test_an_article_that_stands_twice_is_kept_and_told(sync, remarks):
    sync(ORDER | {"value": {"total": 410}, "items": ORDER["items"] * 2})
    assert "an article stands in it twice" in remarks()[0][1]


def test_a_cancelled_order_names_itself_and_its_status_alone(sync, shop):
    sync(ORDER)
    sync({"id": "N1", "status": "cancelled"})
    (order,) = shop.send(orders.ByUser(email=ANNA))
    assert (order.order_status, order.value, len(order.items)) == ("cancelled", 200.13, 1)
