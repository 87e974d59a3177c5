"""Replies in the newest documented shapes, written by hand, in force or announced: each is read, and nothing is new."""

import json
import re
from functools import reduce
from pathlib import Path

import pytest

from app.rees46.catalogue import every_operation
from app.rees46.drift import differences
from app.rees46.errors import Rees46Error
from app.rees46.response import Answer, parse_response
from tests.rees46.test_examples import EXAMPLES, built, example

NEWEST = Path(__file__).parent / "newest"
OPERATIONS = {operation.name(): operation for operation in every_operation()}
FORMS = [
    pytest.param(OPERATIONS[path.stem], form, id=f"{path.stem}-{form['form']}")
    for path in sorted(NEWEST.glob("*.json"))
    for form in json.loads(path.read_text())["forms"]
]


@pytest.mark.parametrize(("operation", "form"), FORMS)
def test_the_newest_shape_is_read_and_holds_nothing_new(operation, form):
    reading = operation.find(form["reply"])
    told = operation.reply().dump_python(reading.reply, mode="json", by_alias=True)
    for place, value in form["reads"]:
        assert at(told, place) == value, place
    assert reading.wrong == []
    assert differences(operation.reply_type(), reading.content, form["reply"]) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_older_shape_holds_nothing_new_either(path):
    operation, published = OPERATIONS[path.stem], example(path)["reply"]
    reading = operation.find(published)
    assert reading.wrong == []
    assert differences(operation.reply_type(), reading.content, published) == []


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_reply_is_read_in_every_envelope(path):
    operation, published = OPERATIONS[path.stem], example(path)["reply"]
    if operation.http.replies == "text" or getattr(operation.reply_type(), "only_says_yes", False) or published is None:
        return
    reading = operation.find(published)
    content, child = reading.content, operation.http.child
    for body in enveloped(content) + (
        enveloped({child or "anything": content} if child or isinstance(content, list | dict) else content)
    ):
        assert operation.read(body) == reading.reply, body


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_a_reply_in_which_nothing_stands_that_was_asked_for_is_garbled(path):
    op = built(path)
    if op.http.replies == "text":
        return
    for body in ({"foo": 1}, [{"foo": 1}], {"payload": {}}, {"data": None}, [[]], [None], "yes", 7, {"message": "hm"}):
        with pytest.raises(Rees46Error):
            parse_response(op, Answer(200, {}, json.dumps(body).encode()))


def test_each_form_says_where_it_is_published():
    for path in NEWEST.glob("*.json"):
        written = json.loads(path.read_text())
        assert written["published"] is True
        assert written["place"].startswith("rees46/")


def enveloped(content):
    yes = ({"status": "success"}, {"success": True}, {"success": True, "status": "success", "message": "Found"})
    return [mark | {key: content} for mark in yes for key in ("payload", "data")]


def at(told, place):
    """What stands at a place such as `[0].items[1].price`."""
    steps = [int(step[1:-1]) if step.startswith("[") else step for step in re.findall(r"\[\d+\]|[^.\[\]]+", place)]
    found = reduce(lambda value, step: value.get(step) if isinstance(value, dict) else value[step], steps, told)
    return "|".join(found) if isinstance(found, list) else found


@pytest.mark.parametrize(
    ("extra", "fields"),
    [
        ({"colour": "red"}, {("[].colour", "text")}),
        ({"anna@example.com": 1, "79001234567": 2}, {("[].*", "number")}),
        ({"anna_petrova": {"bonuses": 5}, "ivan_sidorov": {"bonuses": 7}}, {("[].*", "{bonuses}")}),
        (
            {f"name_{letter}": 1 for letter in "abcdefghijklmnopqrstuvwxyzabcdefgh"}
            | {f"more_{n}": 1 for n in range(9)},
            {("[].*", "number")},
        ),
        (
            {"born": "1990-04-01", "sum": "12.5", "vip": True, "none": None, "list": [], "text": ""},
            {
                ("[].born", "date"),
                ("[].sum", "number as text"),
                ("[].vip", "true"),
                ("[].none", "null"),
                ("[].list", "empty list"),
                ("[].text", '""'),
            },
        ),
    ],
)
def test_a_difference_names_a_field_and_a_kind_of_value_and_no_data(extra, fields):
    operation = OPERATIONS["promo_codes.Lists"]
    body = [{"id": 1, "name": "Spring", "available": 3} | extra]
    met = differences(operation.reply_type(), operation.find(body).content, body)
    assert {(one.field, one.example) for one in met} == fields


def test_what_an_envelope_holds_besides_is_told_too():
    operation = OPERATIONS["promo_codes.Lists"]
    body = {"status": "success", "payload": [{"id": 1, "name": "Spring"}], "took": 5}
    met = differences(operation.reply_type(), operation.find(body).content, body)
    assert {(one.kind, one.field) for one in met} == {("unknown", "took"), ("lacking", "[].available")}
