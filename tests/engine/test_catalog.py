"""The catalogue: imports accepted at once and worked off from a file, what is wrong left out alone."""

import json

import pytest

from app.engine.store.categories import categories_of
from app.engine.store.jobs import last_jobs, remarks_of
from app.engine.store.locations import locations_of
from app.engine.store.products import product_of, products_of
from app.engine.worker.main import work_until_idle
from app.rees46 import categories, locations, products
from app.rees46.errors import NotFound, TooMany
from app.rees46.examples import FOLDER
from tests.engine.asking import ON_SQLITE

KEYS = {"shop_id": "shop", "shop_secret": "shop-secret"}
EXAMPLES = FOLDER


def item(number, **more):
    return {
        "id": str(number),
        "name": f"Bike {number}",
        "price": 100,
        "url": f"https://shop.example/{number}",
        "picture": f"https://shop.example/{number}.jpg",
        "categories": ["3"],
    } | more


def printed(name):
    return json.loads((EXAMPLES / f"{name}.json").read_text())["request"]["parameters"]


@pytest.fixture
def put(shop, settings, db):
    """Import products, let the worker do it, and give the report."""

    def put(*items, kind=products.Put):
        shop.send(kind(items=list(items)))
        return report(db, settings)

    return put


def report(db, settings):
    work_until_idle(settings)
    db.rollback()
    (job, *_) = last_jobs(db, 1)
    return job, {remark.row: remark.words for remark in remarks_of(db, job.id)}


def request_files(settings):
    return list((settings.var / "spool").glob("*.json"))


def stock(db, *ids):
    db.rollback()
    return {item_id: product.is_available for item_id, product in products_of(db, ids).items()}


def test_the_printed_products_are_kept_with_all_they_say(put, shop, db):
    job, remarks = put(*printed("products.Put")["items"])
    assert (job.state, job.done, job.skipped, remarks) == ("done", 2, 0, {})
    bike = shop.send(products.Read(item_id="6335"))
    assert (bike.name, bike.price, bike.oldprice, bike.discount_percent) == ("Велосипед", 13000, 16000, 50)
    assert bike.currency == "RUB"
    assert bike.price_formatted == "13 000 RUB"
    kept = product_of(db, "6335")
    assert kept.locations[1] == {"location": "spb", "price": 12500, "discount_percent": 21}
    assert kept.details["params"][3] == {"name": "Цвет лейбла", "value": ["Синий"], "searchable": False}
    assert kept.details["merchant"] == ["abc123xyz789"]
    assert product_of(db, "133").details["fashion"]["sizes"] == ["48", "50", "52"]


def test_a_discount_is_worked_out_and_rounded_down(put, db):
    put(item(1, price=13000, oldprice=16000), item(2, price=10, oldprice=9), item(3, oldprice=400, discount_percent=7))
    found = products_of(db, ["1", "2", "3"])
    assert [found[number].discount_percent for number in "123"] == [18, None, 7]


def test_an_item_that_is_wrong_is_left_out_with_its_place_and_stops_no_other(wire, shop, settings, db):
    wrong = [
        item(2, price=0),
        item(3, url=""),
        item(4, picture="x" * 501),
        item(5, categories=[]),
        "6",
        7,
        None,
        [],
        {"id": "9"},
        item(10, name="a\x00b"),
    ]
    assert wire.put("/import/products", json=KEYS | {"items": [item(1), *wrong, item(99)]}).status_code == 204
    job, remarks = report(db, settings)
    assert (job.done, job.skipped) == (2, len(wrong))
    assert sorted(remarks) == list(range(2, 2 + len(wrong)))
    assert remarks[2] == "price: Expected `float` > 0.0"
    assert "name" in remarks[10]
    assert shop.send(products.Read(item_id="99")).name == "Bike 99"
    with pytest.raises(NotFound):
        shop.send(products.Read(item_id="2"))


def test_an_optional_property_that_is_wrong_is_left_out_alone(put, db):
    job, remarks = put(item(1, rating="many", fashion="x", book={"year": 3000}, oldprice="", brand="Marine"))
    assert (job.done, job.skipped) == (1, 0)
    assert len(remarks) == 1
    kept = product_of(db, "1")
    assert (kept.brand, kept.oldprice, kept.details) == ("Marine", None, {})


def test_numbers_come_as_text_and_one_value_for_a_list(put, db):
    params = [{"name": "", "value": 1}, {"name": "a", "value": 5}]
    put(
        item(1, price="99.5", available="4", tags="sport", params=params),
        item(2, id=2, categories=[17], available="false", ignored=1),
    )
    first, second = map(products_of(db, ["1", "2"]).get, "12")
    assert (first.price, first.is_available) == (99.5, True)
    assert first.details == {"tags": ["sport"], "params": [{"name": "a", "value": [5]}]}
    assert (second.categories, second.is_available, second.is_ignored) == (["17"], False, True)


def test_put_leaves_other_products_alone_and_replaces_a_known_one(put, db):
    put(item(1), item(2, brand="Marine", tags=["old"]))
    put(item(2, name="New"), item(2, name="Newer"))
    found = products_of(db, ["1", "2"])
    assert found["1"].is_available
    assert (found["2"].name, found["2"].brand, found["2"].details) == ("Newer", None, {})


def test_patch_says_what_is_in_stock_and_nothing_else_is(put, db):
    put(*(item(number, available=number != 3) for number in range(1, 6)))
    job, remarks = put("1", "3", "no such", kind=products.Sync)
    assert stock(db, "1", "2", "3", "4") == {"1": True, "2": False, "3": True, "4": False}
    assert (job.done, job.skipped, remarks) == (2, 1, {3: "There is no such product"})


def test_an_empty_patch_takes_everything_out_of_stock(put, db):
    put(*(item(number) for number in range(600)))
    job, _ = put(kind=products.Sync)
    assert job.state == "done"
    assert not any(stock(db, *map(str, range(600))).values())


def test_delete_marks_products_and_deletes_none(put, db):
    put(item(1), item(2))
    put("2", kind=products.Remove)
    assert stock(db, "1", "2") == {"1": True, "2": False}


@pytest.mark.parametrize(
    ("method", "expected"), [("PATCH", {"1": False, "2": True}), ("delete", {"1": True, "2": False})]
)
def test_an_old_exporter_says_in_a_post_what_it_means(put, wire, settings, db, method, expected):
    put(item(1), item(2))
    answer = wire.post("/import/products", json=KEYS | {"method": method, "items": ["2"]})
    assert (answer.status_code, answer.data, "Content-Type" in answer.headers) == (204, b"", False)
    work_until_idle(settings)
    assert stock(db, "1", "2") == expected


@ON_SQLITE
@pytest.mark.parametrize("path", ["/import/categories", "/import/locations", "/import/products"])
@pytest.mark.parametrize(
    "keys", [{}, {"shop_id": "shop"}, {"shop_id": "none", "shop_secret": "x"}, KEYS | {"shop_secret": "x"}]
)
def test_wrong_keys_are_a_bad_request(wire, settings, path, keys):
    body = keys | {"items": [], "categories": [], "locations": []}
    answer = wire.post(path, json=body)
    assert (answer.status_code, answer.json["status"]) == (400, "error")
    assert request_files(settings) == []


@ON_SQLITE
@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b'{"items":[1,}',
        b"{}",
        b'{"items": {"id": 1}}',
        b'{"items": "x"}',
        b"",
        b'{"items": []} x',
        b"[" * 5000,
    ],
)
def test_a_body_that_holds_no_list_is_refused_at_once(wire, settings, body):
    answer = wire.put(
        "/import/products?shop_id=shop&shop_secret=shop-secret", data=body, content_type="application/json"
    )
    assert answer.status_code == 400
    assert request_files(settings) == []


def test_a_list_means_the_same_however_it_is_written(wire, settings, db, put):
    put(item(1), item(2))
    ways = (
        {"data": json.dumps(KEYS | {"items": ["2"]}), "content_type": "application/x-www-form-urlencoded"},
        {"data": KEYS | {"items[0]": "2"}},
        {"data": KEYS | {"items": '["2"]'}},
        {"query_string": KEYS | {"items": '["2"]'}},
        {"query_string": KEYS, "json": {"items": '["2"]'}},
        {"data": KEYS | {"items": '["2"]'}, "content_type": "multipart/form-data"},
    )
    for way in ways:
        assert wire.patch("/import/products", json=KEYS | {"items": ["1"]}).status_code == 204
        assert wire.patch("/import/products", **way).status_code == 204
        work_until_idle(settings)
        assert stock(db, "1", "2") == {"1": False, "2": True}


def test_no_file_is_left_when_an_import_is_done(put, settings):
    put(item(1))
    assert request_files(settings) == []


def test_a_lost_file_is_reported_and_stops_nothing(shop, settings, db):
    shop.send(products.Put(items=[item(1), item(2)]))
    for request_file in request_files(settings):
        request_file.unlink()
    job, remarks = report(db, settings)
    assert (job.state, job.skipped) == ("done", 2)
    assert remarks[1] == "The file that held this row is gone"


def test_imports_of_one_shop_keep_their_order(shop, settings, db):
    for name in ("first", "second", "third"):
        shop.send(products.Put(items=[item(number, name=name) for number in range(300)]))
    shop.send(products.Sync(items=["7"]))
    work_until_idle(settings)
    db.rollback()
    found = products_of(db, map(str, range(300)))
    assert {product.name for product in found.values()} == {"third"}
    assert [item_id for item_id, product in found.items() if product.is_available] == ["7"]


def test_the_printed_categories_become_a_tree_and_a_new_tree_replaces_it(shop, settings, db):
    shop.send(categories.Import(**printed("categories.Import")))
    report(db, settings)
    (root,) = shop.send(categories.Tree())
    assert (root.name, root.parent_id, [child.name for child in root.children]) == (
        "Главная категория",
        None,
        ["Одежда", "Велосипеды"],
    )
    deep = root.children[1].children[0]
    assert (deep.external_id, deep.parent_external_id, deep.parent_id) == ("100", "3", root.children[1].id)
    shop.send(categories.Import(categories=["1", {"id": 5, "name": "Jackets", "parent": 1}]))
    report(db, settings)
    assert [(one.external_id, one.name) for one in categories_of(db)] == [("1", "Главная категория"), ("5", "Jackets")]


def test_nothing_is_deleted_when_a_category_could_not_be_read(shop, wire, settings, db):
    shop.send(categories.Import(categories=[{"id": "1", "name": "One"}, {"id": "2", "name": "Two"}]))
    wire.post("/import/categories", json=KEYS | {"categories": [{"id": "1", "name": "One"}, {"id": "3"}, "4", [], 1.5]})
    job, remarks = report(db, settings)
    assert [one.external_id for one in categories_of(db)] == ["1", "2"]
    assert job.skipped == 4
    assert remarks[2] == "name: Field required"
    assert "no other category was deleted" in remarks[None]


def test_categories_are_changed_and_removed_one_by_one(shop, settings, db):
    shop.send(categories.Import(**printed("categories.Import")))
    shop.send(categories.Update(categories=[{"id": "3", "name": "Bikes", "parent": "1"}]))
    shop.send(categories.Remove(categories=["2", "no such"]))
    job, _ = report(db, settings)
    assert {one.name for one in categories_of(db)} == {"Главная категория", "Bikes", "Детские"}
    assert (job.done, job.skipped) == (1, 1)


def test_the_printed_locations_are_kept_also_with_a_space_in_a_key(shop, settings, db):
    shop.send(locations.Import(**printed("locations.Import")))
    job, _ = report(db, settings)
    found = {one.external_id: one for one in locations_of(db)}
    assert (job.done, job.skipped) == (5, 0)
    assert (found["4"].discount_percent, found["4"].groups, found["4"].parent) == (5, ["ДальнийВосток"], "3")


def test_the_tree_is_cut_by_depth_by_exclusion_and_to_what_is_reduced(shop, settings, put):
    shop.send(categories.Import(**printed("categories.Import")))
    put(item(1, categories=["100"], price=80, oldprice=100), item(2, categories=["2"]))

    def names(**said):
        def of(nodes):
            return [name for node in nodes for name in (node.external_id, *of(node.children))]

        return of(shop.send(categories.Tree(**said)))

    assert names() == ["1", "2", "3", "100"]
    assert names(depth=0) == ["1"]
    assert names(depth=1) == ["1", "2", "3"]
    assert names(exclude=["3"]) == ["1", "2"]
    assert names(only_discount=True) == ["1", "3", "100"]
    put("1", kind=products.Remove)
    assert names(only_discount=True) == []


def test_categories_that_hang_on_each_other_are_in_no_tree(shop, settings, db):
    tree = [
        {"id": "1", "name": "A", "parent": "2"},
        {"id": "2", "name": "B", "parent": "1"},
        {"id": "3", "name": "C", "parent": "not known"},
    ]
    shop.send(categories.Import(categories=tree))
    report(db, settings)
    assert [node.external_id for node in shop.send(categories.Tree(only_discount=False))] == ["3"]


@pytest.fixture
def settings(settings):
    """A shop may import as often as it likes here."""
    return settings.model_copy(update={"box_import_rate": 0})


class TestLimits:
    @pytest.fixture
    def settings(self, settings):
        return settings.model_copy(update={"box_import_rate": 3, "box_import_size": 1})

    def test_a_shop_imports_so_often_a_minute_and_is_told_when_it_may_again(self, shop, other_shop, settings):
        for kind in (products.Sync, products.Put, products.Remove):
            shop.send(kind(items=[]))
        with pytest.raises(TooMany) as refusal:
            shop.send(categories.Import(categories=[]))
        assert 0 < refusal.value.retry_after <= 60
        other_shop.send(products.Sync(items=[]))
        assert len(request_files(settings)) == 4

    def test_a_call_that_is_refused_is_not_counted(self, shop, wire):
        for _ in range(5):
            assert wire.put("/import/products", json=KEYS | {"items": 5}).status_code == 400
        shop.send(products.Sync(items=[]))

    @pytest.mark.parametrize("chunked", [True, False])
    def test_a_request_weighs_so_much_and_no_more(self, wire, settings, chunked):
        body = json.dumps(KEYS | {"items": ["x" * 1024 * 1024]}).encode()
        as_chunks = {"headers": {"Transfer-Encoding": "chunked"}, "environ_overrides": {"wsgi.input_terminated": True}}
        answer = wire.put(
            "/import/products", data=body, content_type="application/json", **(as_chunks if chunked else {})
        )
        assert (answer.status_code, answer.json["message"]) == (400, "A request has at most 1 MB")
        assert request_files(settings) == []

    @pytest.mark.parametrize("largest", [0, 1])
    def test_the_limit_of_other_calls_is_not_that_of_imports(self, wire, settings, largest):
        wire.application.extensions["settings"] = settings.model_copy(update={"box_import_size": largest})
        wire.application.config["MAX_CONTENT_LENGTH"] = 1000
        assert "at most" in wire.post("/push", json=KEYS | {"event": "x" * 1000}).json["message"]
        assert wire.put("/import/products", json=KEYS | {"items": ["x" * 1000]}).status_code == 204

    def test_what_stands_beside_the_list_is_short(self, wire):
        answer = wire.put("/import/products", json=KEYS | {"items": [], "webhook": "https://a.example/" + "x" * 3000})
        assert answer.status_code == 400


ODD = [
    "1e999",
    '{"id": "1", "price": 1e999}',
    '{"id": "1", "x": ' + "[" * 900 + "]" * 900 + "}",
    "null",
    "[]",
    json.dumps(item(1, price=1, oldprice=1e308)),
    json.dumps(item(1, price=10**400)),
    '"a\\u0000b"',
]


@ON_SQLITE
@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("PUT", "products", "items"),
        ("PATCH", "products", "items"),
        ("DELETE", "products", "items"),
        ("PUT", "categories", "categories"),
        ("DELETE", "categories", "categories"),
        ("POST", "locations", "locations"),
    ],
)
def test_nothing_that_an_element_may_be_stops_the_worker(wire, settings, db, method, path, name):
    body = f'{{"shop_id": "shop", "shop_secret": "shop-secret", "{name}": [{",".join(ODD)}]}}'
    answer = wire.open(f"/import/{path}", method=method, data=body, content_type="application/json")
    job, remarks = report(db, settings)
    assert (answer.status_code, job.state, job.done + job.skipped) == (204, "done", len(ODD))
    assert len(remarks) > 1


@ON_SQLITE
def test_a_body_may_begin_with_a_byte_order_mark(wire, settings, db):
    body = b"\xef\xbb\xbf" + json.dumps(KEYS | {"items": [item(1)]}).encode()
    assert wire.put("/import/products", data=body, content_type="application/json").status_code == 204
    assert report(db, settings)[0].done == 1
