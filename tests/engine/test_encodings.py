"""Habits of real clients in writing parameters: gaps, absent words, text in text (test_every_encoding has the rule)."""

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.engine.http.parsing import parameters_of
from app.rees46 import crm, events, profile, segments

# What a database keeps and no client means as "nothing".
LETTERS = st.characters(codec="utf-8", exclude_characters="\x00", exclude_categories=("Cs",))
WORDS = st.text(LETTERS, min_size=1, max_size=30).filter(
    lambda word: word.strip() not in {"", "null", "undefined"} and word.lstrip()[:1] not in {"[", "{"}
)
EMAILS = st.from_regex(r"\A[a-z0-9._+-]{1,20}@[a-z0-9-]{1,20}\.[a-z]{2,5}\Z")
PHONES = st.from_regex(r"\A\+?[1-9][0-9]{9,13}\Z")
FLAGS = st.sampled_from(["true", "false", "1", "0"])
NAMES = st.from_regex(r"\A[a-z][a-z_]{3,20}\Z").filter(lambda name: name not in profile.Set.model_fields)

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def ways(said, lists):
    """Write a call in every way; each is (query, content type, body)."""
    indexed = said | {f"{name}[{place}]": item for name, items in lists.items() for place, item in enumerate(items)}
    encoded = said | {f"{name}%5B{place}%5D": item for name, items in lists.items() for place, item in enumerate(items)}
    raw = "&".join(f"{name}={quote(value, safe='')}" for name, value in indexed.items())
    form, text = "application/x-www-form-urlencoded", json.dumps(said | lists)
    return {
        "query": (raw, "", ""),
        "query of a POST that says it is a form": (raw, form, ""),
        "form": ("", form, urlencode(indexed)),
        "form with encoded brackets": ("", form, "&".join(f"{n}={quote(v, safe='')}" for n, v in encoded.items())),
        "JSON": ("", "application/json", text),
        "JSON with a charset": ("", "application/json; charset=utf-8", text),
        "JSON that says it is a form": ("", form, text),
        "empty atoms": (f"&&{raw}&&=&", "", ""),
        "half and half": (raw, form, urlencode(said)),
    }


def understood(app, operation, way):
    query, content_type, body = way
    with app.test_request_context(
        "/", method="POST", query_string=query, content_type=content_type, data=body
    ) as context:
        return operation.parse(parameters_of(context.request))


@pytest.fixture(scope="module")
def flask():
    from flask import Flask  # noqa: PLC0415  # only a request is needed of it

    return Flask("box")


@given(data=st.data())
@QUICK
def test_custom_properties_survive_every_encoding(flask, data):
    said = {"did": "d1"} | data.draw(st.dictionaries(NAMES, WORDS, max_size=5))
    meant = {name: understood(flask, profile.Set, way).custom() for name, way in ways(said, {}).items()}
    assert all(custom == meant["JSON"] for custom in meant.values()), meant


@given(items=st.lists(WORDS, min_size=2, max_size=6), gaps=st.integers(2, 50))
@QUICK
def test_indexes_may_leave_gaps_and_come_in_any_order(flask, items, gaps):
    atoms = [f"ids[{place * gaps}]={quote(item, safe='')}" for place, item in enumerate(items)]
    call = understood(flask, crm.Search, ("by=email&" + "&".join(reversed(atoms)), "", ""))
    assert call.ids == items


@given(items=st.lists(st.tuples(WORDS, st.integers(0, 1000), FLAGS), min_size=1, max_size=6), gaps=st.integers(1, 9))
@QUICK
def test_items_of_an_event_mean_the_same_however_they_are_written(flask, items, gaps):
    said = {"event": "cart", "did": "d1"}
    columns = dict(zip(("item_id", "amount", "is_available"), map(list, zip(*items, strict=True)), strict=True))
    columns["amount"] = [str(amount) for amount in columns["amount"]]
    meant = {way: understood(flask, events.Track, written) for way, written in ways(said, columns).items()}
    objects = [{"id": name, "quantity": amount, "stock": flag} for name, amount, flag in items]
    for way, body in (("objects", {"items": objects}), ("objects in a string", {"items": json.dumps(objects)})):
        meant[way] = understood(flask, events.Track, ("", "application/json", json.dumps(said | body)))
    scattered = "&".join(
        f"{name}[{place * gaps}]={quote(value, safe='')}"
        for name, values in columns.items()
        for place, value in enumerate(values)
    )
    meant["gaps"] = understood(flask, events.Track, (f"event=cart&did=d1&{scattered}", "", ""))
    assert all(call == meant["JSON"] for call in meant.values()), meant


def test_a_column_without_indexes_keeps_its_places(flask):
    query = "event=cart&did=d1&item_id[]=a&item_id[]=b&price[]=&price[]=5"
    call = understood(flask, events.Track, (query, "", ""))
    assert (call.item_id, call.price) == (["a", "b"], [None, 5])


def test_words_for_nothing_leave_a_place_free_in_json_too(flask):
    said = {"event": "cart", "did": "d1", "item_id": ["a", "b"], "is_available": ["null", 1], "price": [None, 5]}
    call = understood(flask, events.Track, ("", "application/json", json.dumps(said)))
    assert (call.is_available, call.price) == ([None, True], [None, 5])


def test_items_may_be_objects_in_indexed_keys(flask):
    query = "event=cart&did=d1&items[1][id]=b&items[0][id]=a&items[0][quantity]=2&source[from]=chain&source[code]=7"
    call = understood(flask, events.Track, (query, "", ""))
    assert (call.item_id, call.amount) == (["a", "b"], [2, None])
    assert (call.source.source, call.source.code) == ("chain", "7")


@pytest.mark.parametrize("name", ["kids[0", "kids]0[", "[0]", "kids" + "[0]" * 33, "kids[0]gender"])
def test_brackets_that_do_not_match_are_part_of_a_name(flask, name):
    said = understood(flask, profile.Set, (f"did=d1&{quote(name)}=m", "", ""))
    assert (said.kids, said.custom()) == (None, {name: "m"})


def test_what_is_said_of_one_item_alone_is_not_taken_for_another(flask):
    query = "event=cart&did=d1&item_id[0]=a&item_id[1]=b&is_available[1]=0&price[0]=&price[1]=5"
    call = understood(flask, events.Track, (query, "", ""))
    assert (call.item_id, call.is_available, call.price) == (["a", "b"], [None, False], [None, 5])


@pytest.mark.parametrize("written", ["null", "undefined", "", "  "])
def test_words_for_nothing_mean_nothing(flask, written):
    for way in ways({"did": "d1", "first_name": written}, {}).values():
        assert understood(flask, profile.Set, way).model_fields_set == {"did"}


def test_a_body_outweighs_the_query(flask):
    call = understood(flask, segments.Add, ("did=d1&segment_id=1", "application/json", '{"segment_id": 2}'))
    assert call.segment_id == "2"
    assert call.did == "d1"


def test_a_twice_encoded_address_is_decoded_twice(flask):
    assert understood(flask, segments.Get, ("email=rn.sdk%2540example.com", "", "")).email == "rn.sdk@example.com"


def test_a_plus_of_a_phone_number_may_have_become_a_space(flask):
    assert understood(flask, segments.Get, ("phone=+10000000000", "", "")).phone == " 10000000000"


def test_objects_may_come_as_text(flask):
    kids = '[{"gender":"m","birthday":"2017-06-04"}]'
    for way in ways({"did": "d1", "kids": kids}, {}).values():
        (kid,) = understood(flask, profile.Set, way).kids
        assert (kid.gender, str(kid.birthday)) == ("m", "2017-06-04")
