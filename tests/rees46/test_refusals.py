"""A reply that says no is never a yes, in whatever form it says so."""

import json

import pytest

from app.rees46 import profile, segments
from app.rees46.errors import Garbled, NotAllowed, NotFound, Refused, TooMany, Unreachable
from app.rees46.response import Answer, parse_response
from tests.rees46.refusals import REFUSALS
from tests.rees46.test_examples import EXAMPLES, built

ADD = segments.Add(email="a@b.c", segment_id="1")


@pytest.mark.parametrize("form", REFUSALS)
def test_every_operation_takes_a_no_for_a_no(form):
    for op in (built(path) for path in EXAMPLES):
        if form == "a message in a yes with a key" and "identifier" in getattr(op.reply_type(), "model_fields", {}):
            continue  # where the key is a part of the reply, this is a yes
        with pytest.raises(Refused) as caught:
            read(op, REFUSALS[form])
        has_words = form not in {"status alone", "success false alone"}
        assert ("Not today" if has_words else "no reason was given") in caught.value.message, op.name()
        assert caught.value.changed == "no"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Profile not found", NotFound),
        ("Invalid API key", NotAllowed),
        ("Too many requests", TooMany),
        ("Identifier is not valid", Refused),
    ],
)
def test_what_a_refusal_is_about_is_read_off_its_words_where_the_status_does_not_tell(words, kind):
    with pytest.raises(Refused) as caught:
        read(ADD, {"success": False, "payload": {"message": words}})
    assert type(caught.value) is kind


def test_a_fault_of_the_server_that_comes_with_200_leaves_open_what_was_changed():
    with pytest.raises(Unreachable) as caught:
        read(ADD, {"status": 500, "error": "Internal Server Error"})
    assert (caught.value.status, caught.value.changed) == (500, "maybe, and safe to repeat")


YES = [
    {"status": "success"},
    {"success": True},
    {"status": "ok"},
    {"success": 1},
    {"status": 200},
    {"status": "success", "payload": None},
    {"status": "success", "errors": [], "error": None},
    {"success": True, "payload": {}, "message": "Done"},
    {"success": True, "data": []},
]


@pytest.mark.parametrize("body", YES)
def test_a_yes_is_a_yes_in_each_of_its_forms(body):
    assert read(ADD, body).status == "success"
    assert read(ADD, body | {"code": 0}).status == "success"


@pytest.mark.parametrize("body", YES[:2] + YES[7:])
def test_no_form_of_a_yes_is_a_difference(body):
    met = []
    parse_response(ADD, Answer(200, {}, json.dumps(body).encode()), met.extend)
    assert met == []


@pytest.mark.parametrize(
    "body",
    [
        {"status": "success", "payload": "Perhaps"},
        {"status": "queued"},
        {},
        True,
        "OK",
        [],
        {"success": True, "result": False},
        {"status": "success", "payload": {"status": "error"}},
        {"status": "success", "code": 403},
        {"success": True, "data": {"result": "failed"}},
    ],
)
def test_what_says_neither_yes_nor_no_leaves_open_what_was_changed(body):
    with pytest.raises(Garbled) as caught:
        read(ADD, body)
    assert caught.value.changed != "no"


def test_204_is_a_yes_and_an_empty_200_says_nothing():
    assert parse_response(ADD, Answer(204, {}, b"")).status == "success"
    with pytest.raises(Exception, match="does not give"):
        parse_response(ADD, Answer(200, {}, b""))


def test_what_was_left_out_is_not_taken_for_no():
    told = read(profile.Read(email="a@b.c"), {"payload": {"email": "a@b.c"}, "status": "success"})
    assert (told.orders, told.custom_properties) == (None, None)
    assert told.tells("email")
    assert not told.tells("phone", "loyalty_id")


def test_an_answer_that_belongs_to_nothing_is_told_by_its_shape():
    met = []
    with pytest.raises(Garbled):
        parse_response(
            profile.Read(email="a@b.c"), Answer(200, {}, b'{"status":"success","payload":{"a":1}}'), met.extend
        )
    assert [(one.kind, one.field, one.example) for one in met] == [("unreadable", "", "{payload, status}")]


def read(op, body):
    return parse_response(op, Answer(200, {}, json.dumps(body).encode()))
