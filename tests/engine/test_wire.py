"""Requests as strangers write them: who may ask, which status means what, and bad input that changes nothing."""

import json

import pytest

from app.engine.store.customers import Customer
from tests.engine.asking import ON_SQLITE

KEYS = {"shop_id": "shop", "shop_secret": "shop-secret"}
ANNA = "anna@example.com"


def message(answer):
    assert answer.mimetype == "application/json"
    said = answer.json
    assert said["status"] == "error"
    assert said["message"] == said["payload"]["message"]
    return said["message"]


@ON_SQLITE
@pytest.mark.parametrize("shop", [{}, {"shop_id": ""}, {"shop_id": "nobody"}, {"shop_id": ["shop"]}, {"shop_id": 5}])
def test_an_unknown_shop_is_not_let_in(wire, shop):
    answer = wire.post("/profile/set", json=shop | {"shop_secret": "shop-secret", "email": ANNA})
    assert (answer.status_code, message(answer)) == (401, "Shop not found")


@ON_SQLITE
@pytest.mark.parametrize("secret", [None, "", "wrong", "other-secret", ["shop-secret"], 1])
def test_a_wrong_secret_is_not_let_in(wire, secret):
    answer = wire.post("/profile/set", json={"shop_id": "shop", "shop_secret": secret, "email": ANNA})
    assert (answer.status_code, message(answer)) == (403, "Invalid secret key")


@ON_SQLITE
def test_a_wrong_secret_is_not_made_right_by_a_device(wire):
    answer = wire.post("/profile/set", json={"shop_id": "shop", "shop_secret": "wrong", "did": "d1"})
    assert answer.status_code == 403


@ON_SQLITE
@pytest.mark.parametrize("way", ["query", "form", "json", "header"])
def test_the_secret_is_taken_from_anywhere(wire, way):
    said = {"shop_id": "shop", "email": ANNA}
    answer = {
        "query": lambda: wire.post("/profile/set", query_string=said | KEYS),
        "form": lambda: wire.post("/profile/set", data=said | KEYS),
        "json": lambda: wire.post("/profile/set", json=said | KEYS),
        "header": lambda: wire.post("/profile/set", json=said, headers={"X-Shop-Secret": "shop-secret"}),
    }[way]()
    assert (answer.status_code, answer.json) == (200, {"status": "success"})


def test_a_get_may_carry_its_parameters_as_json(wire, keeper):
    keeper.add("1", email=ANNA)
    answer = wire.get("/segments/get", json=KEYS | {"email": ANNA})
    assert answer.json == [{"id": 1, "type": "static"}]


@ON_SQLITE
@pytest.mark.parametrize(
    ("method", "path", "status", "allow"),
    [
        ("GET", "/profile/set", 405, "POST"),
        ("DELETE", "/segments/get", 405, "GET, HEAD, POST"),
        ("GET", "/push", 405, "POST"),
        ("DELETE", "/push", 405, "POST"),
        ("PUT", "/Ab12Cd34", 405, "GET, HEAD"),
        ("GET", "/nothing/here", 404, None),
        ("GET", "/profile.xml", 406, None),
    ],
)
def test_wrong_methods_and_paths_have_their_statuses(wire, method, path, status, allow):
    answer = wire.open(path, method=method)
    message(answer)
    assert (answer.status_code, answer.headers.get("Allow")) == (status, allow)


@ON_SQLITE
@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("text/html", 406),
        ("application/xml", 406),
        ("application/json", 200),
        ("*/*", 200),
        ("", 200),
        ("text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", 200),
    ],
)
def test_only_json_is_given(wire, accept, status):
    assert wire.get("/init?shop_id=shop", headers={"Accept": accept}).status_code == status


@ON_SQLITE
def test_looking_at_the_head_of_a_call_that_changes_something_is_refused(wire):
    assert wire.head("/init?shop_id=shop").status_code == 405
    assert wire.head("/promo_codes/fetch?shop_id=shop&did=d&id=1").status_code == 405


deep = json.loads("[" * 60 + "]" * 60)
BAD = {
    "no JSON": "{",
    "a list": "[1]",
    "a string": '"x"',
    "endless nesting": '{"a":' * 100_000,
    "endless nesting inside text": json.dumps({"email": ANNA, "kids": "[" * 100_000}),
    "nesting that parses": json.dumps({"email": ANNA, "size": deep}),
    "NUL": json.dumps({"email": ANNA, "first_name": "a\0b"}),
    "NUL in a key": json.dumps({"email": ANNA, "a\0b": "x"}),
    "NUL in JSON inside text": json.dumps({"email": ANNA, "kids": '[{"gender":"m","a":"\\u0000"}]'}),
    "a lone surrogate": '{"email": "anna@example.com", "first_name": "\\ud800"}',
    "a lone surrogate in the address": '{"email": "\\udfff@example.com"}',
    "NaN": '{"email": "anna@example.com", "size": NaN}',
    "Infinity in JSON inside text": json.dumps({"email": ANNA, "auto": '[{"brand": 1e999}]'}),
    "a number of 5000 digits": '{"email": "anna@example.com", "age": ' + "9" * 5000 + "}",
    "a number no column holds": '{"email": "anna@example.com", "loyalty_bonuses": 99999999999999999999}',
    "a negative age": '{"email": "anna@example.com", "age": -1}',
    "half an age": '{"email": "anna@example.com", "age": 1.5}',
    "an object for a name": '{"email": "anna@example.com", "first_name": {"a": 1}}',
    "a list for an address": '{"email": ["anna@example.com"]}',
    "a truth for an address": '{"email": true}',
    "no address": '{"email": "anna"}',
    "a very long address": json.dumps({"email": "a" * 300 + "@example.com"}),
    "an address that grows in lower case": json.dumps({"email": "İ" * 200 + "@example.com"}),
    "a phone of words": '{"phone": "call me"}',
    "a phone without digits": '{"phone": "+-() ......"}',
    "a very long name": json.dumps({"email": ANNA, "first_name": "a" * 300}),
    "another gender": '{"email": "anna@example.com", "gender": "x"}',
    "no date": '{"email": "anna@example.com", "birthday": "1990-02-30"}',
    "a number for a date": '{"email": "anna@example.com", "birthday": 5}',
    "kids that are no list": '{"email": "anna@example.com", "kids": "two"}',
    "too many kids": json.dumps({"email": ANNA, "kids": [{"gender": "m"}] * 1000}),
    "too many properties": json.dumps({"email": ANNA} | {f"p{number}": "x" for number in range(1000)}),
    "a megabyte of property": json.dumps({"email": ANNA, "size": "x" * 1_000_000}),
    "a long name of a property": json.dumps({"email": ANNA, "s" * 300: "x"}),
    "nobody": '{"first_name": "Anna"}',
}


@ON_SQLITE
@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_refused_with_a_reason_and_changes_nothing(wire, db, bad):
    answer = wire.post("/profile/set", query_string=KEYS, data=BAD[bad], content_type="application/json")
    assert answer.status_code == 400
    said = message(answer)
    assert said
    assert ANNA not in said
    assert db.query(Customer).count() == 0


@ON_SQLITE
def test_a_form_that_is_no_text_is_refused(wire):
    answer = wire.post("/profile/set", data=b"shop_id=shop&shop_secret=shop-secret&email=%ff%fe@x.y")
    assert (answer.status_code, message(answer)) == (400, "The request is not valid UTF-8")


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "'; DROP TABLE customers; --",
        '=HYPERLINK("http://x")',
        "👩‍👩‍👧‍👦",
        "  spaces  ",
        "Robert\u202eevil",
        "مريم",
        "\u00a0",
        "%40 %00",
    ],
)
def test_any_text_is_kept_as_it_is(wire, keeper, name):
    wire.post("/profile/set", json=KEYS | {"email": ANNA, "first_name": name, "size": name})
    anna = keeper.profile(email=ANNA)
    assert (anna.first_name or "", anna.custom_properties.get("size", "")) == (name.strip() and name,) * 2


@ON_SQLITE
def test_too_much_is_refused(wire):
    answer = wire.post("/profile/set", data=b" " * (37 * 1024 * 1024), content_type="application/json")
    assert answer.status_code == 400
    assert "36 MB" in message(answer)


@ON_SQLITE
def test_a_fault_of_ours_is_told_without_details(box, wire, monkeypatch):
    monkeypatch.setattr(box.extensions["db"], "reading", lambda: 1 / 0)
    answer = wire.get("/segments/get", query_string=KEYS | {"email": ANNA})
    assert answer.status_code == 500
    assert message(answer) == "We had a problem with our server. Try again later."


@ON_SQLITE
@pytest.mark.parametrize("path", ["/nps/reviews", "/products/subscribers/price", "/products/subscribers/stock"])
def test_the_last_day_that_there_is_may_end_a_range(wire, path):
    assert wire.get(f"{path}?shop_id=shop&shop_secret=shop-secret&date_to=9999-12-31").json == []
