"""Variables have kinds: what is typed becomes a number, yes or no, a list or an object, or is refused in words."""

import pytest

from app.web.messaging.marking import places, unused
from app.web.messaging.variables import Unusable, from_rows, to_rows


@pytest.mark.parametrize(
    ("value", "kind", "sent"),
    [
        ("007", "text", "007"),
        ("7", "number", 7),
        ("1 240,50", "number", 1240.5),
        ("−3", "number", -3),
        ("Yes", "flag", True),
        ("нет", "flag", False),
        ("a, b", "list", ["a", "b"]),
        ('[{"id": 1}]', "list", [{"id": 1}]),
        ('{"id": 1}', "object", {"id": 1}),
        ("7", "no such kind", "7"),
    ],
)
def test_a_value_is_of_its_kind(app, value, kind, sent):
    with app.test_request_context():
        assert from_rows([("a.b", value, kind)]) == {"a": {"b": sent}}


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        ("seven", "number", "is to be a number"),
        ("9" * 400, "number", "is to be a number"),
        ("NaN", "number", "is to be a number"),
        ("perhaps", "flag", "is yes or no"),
        ("[1", "list", "is no JSON"),
        ("[NaN]", "list", "is no JSON"),
        ("[1]", "object", "is no object"),
        ("[" * 100_000, "list", "is no JSON"),
    ],
)
def test_what_is_not_of_its_kind_is_named(app, value, kind, words):
    with app.test_request_context(), pytest.raises(Unusable) as refused:
        from_rows([("a", value, kind)])
    assert words in refused.value.words


def test_rows_keep_the_kinds_of_what_was_sent(app):
    sent = {"a": "7", "b": 7, "c": True, "d": {"e": [1, "x"], "f": {}}, "g": 1.5}
    with app.test_request_context():
        assert from_rows(to_rows(sent)) == sent


@pytest.mark.parametrize("sent", [{"a.b": 1}, {"": 1}, {"a": None}, {"a": ""}])
def test_what_no_row_can_hold_is_said(app, sent):
    with app.test_request_context(), pytest.raises(Unusable):
        to_rows(sent)


def test_missing_and_unused_ones_are_found_in_place():
    copies = {
        "sms": "Hi {{ name }},\norder {{ order.number | upcase }}{% if order.number_of %}x{% endif %}",
        "push": "x",
    }
    assert [(place.part, place.line, place.tag) for place in places(copies, ["order.number"])] == [
        ("sms", 2, "{{ order.number | upcase }}")
    ]
    given = ["order.number", "orders", "items", "language", "name"]
    assert unused(given, ["order", "items[0].name", "name"]) == {"orders"}
