"""Segments: static ones are edited by hand, dynamic ones follow their rule at every look."""

from datetime import timedelta

import pytest

from app.engine.store.orders import Order
from app.engine.store.segment_rules import holds
from app.rees46 import segments
from app.rees46.errors import NotFound, Refused

ANNA = "anna@example.com"


def test_adding_a_customer_twice_changes_nothing(keeper):
    keeper.add("1", email=ANNA)
    keeper.add("1", email=ANNA)
    assert keeper.segments(email=ANNA) == [1]


def test_adding_somebody_unknown_makes_them(keeper):
    keeper.add("1", email=ANNA, phone="+7 999 111-22-33")
    assert keeper.profile(email=ANNA).phone == "79991112233"


def test_an_app_adds_its_device_without_the_secret(sdk):
    sdk.send(segments.Add(did="d1", segment_id="1"))
    assert [segment.id for segment in sdk.send(segments.Get(did="d1"))] == [1]
    sdk.send(segments.Remove(did="d1", segment_id="1"))
    assert sdk.send(segments.Get(did="d1")) == []


def test_a_customer_is_in_a_segment_or_not_by_hand_or_by_rule(keeper, shop):
    keeper.save(email=ANNA, external_id="7", gender="f")
    keeper.add("1", email="other@example.com")
    said = {"1": False, "2": True}
    assert {number: shop.send(segments.Includes(external_id="7", segment_id=number)) for number in said} == said
    keeper.add("1", email=ANNA)
    assert shop.send(segments.Includes(email=ANNA, segment_id="1")) is True
    assert shop.send(segments.Includes(email="nobody@example.com", segment_id="1")) is False
    with pytest.raises(NotFound, match="Segment not found"):
        shop.send(segments.Includes(email=ANNA, segment_id="77"))


def test_removing_who_is_not_in_it_is_no_error(keeper, shop):
    shop.send(segments.Remove(email="nobody@example.com", segment_id="1"))
    assert not keeper.knows(email="nobody@example.com")


@pytest.mark.parametrize("number", ["77", "abc", "1.0", "٣", "99999999999999999999", "1 or 1=1"])
def test_a_segment_that_does_not_exist_is_not_found(keeper, number):
    with pytest.raises(NotFound, match="Segment not found"):
        keeper.add(number, email=ANNA)
    assert not keeper.knows(email=ANNA)


def test_nobody_is_added_to_a_dynamic_segment_by_hand(keeper):
    with pytest.raises(Refused, match="dynamic"):
        keeper.add("2", email=ANNA)


def test_segments_of_another_shop_do_not_exist(other_shop):
    with pytest.raises(NotFound):
        other_shop.send(segments.Add(email=ANNA, segment_id="1"))


def test_a_dynamic_segment_follows_its_rule(keeper, shop):
    keeper.save(email=ANNA, gender="f")
    keeper.add("1", email=ANNA)
    assert [(one.id, one.type) for one in shop.send(segments.Get(email=ANNA))] == [(1, "static"), (2, "dynamic")]
    keeper.save(email=ANNA, gender="m")
    assert keeper.segments(email=ANNA) == [1]


def test_somebody_unknown_is_in_no_segment(keeper):
    assert keeper.segments(email="nobody@example.com") == []


RULES = [
    ([{"field": "gender", "is": "f"}], True),
    ([{"field": "gender", "is": "f"}, {"field": "age", "at_least": 30}], False),
    ([{"field": "age", "at_least": 20, "at_most": 29}], True),
    ([{"field": "tags", "contains": "vip"}], True),
    ([{"field": "tags", "contains": "gold"}], False),
    ([{"field": "custom.size", "is_not": "M"}], False),
    ([{"field": "custom.size", "at_least": 3}], False),
    ([{"field": "phone", "is": None}], True),
    ([{"field": "unknown", "at_least": 1}], False),
    ([], False),
]


@pytest.mark.parametrize(("rule", "expected"), RULES)
def test_a_rule_holds_when_all_its_conditions_do(rule, expected):
    facts = {"gender": "f", "age": 25, "tags": ["vip"], "custom.size": "M", "phone": None}
    assert holds(rule, facts) is expected


def test_rules_may_ask_about_consents_orders_and_birthdays(keeper, database, settings, db):
    from app.engine.store.identity import find  # noqa: PLC0415  # beside its use
    from app.engine.store.segment_rules import facts_of  # noqa: PLC0415

    keeper.save(email=ANNA, birthday=(db.now - timedelta(days=365.25 * 30 + 2)).date().isoformat())
    keeper.manage(email=ANNA, email_bulk=True)
    with database.writing() as writing:
        writing.at = db.at
        anna = find(writing, {"email": ANNA})
        for number, days in (("A1", 40), ("A2", 3)):
            at = writing.now - timedelta(days=days)
            writing.add(Order(shop_id=anna.shop_id, number=number, customer_id=anna.id, at=at, total=100.5))
        writing.flush()
        facts = facts_of(writing, anna)
    assert (facts["orders"], facts["spent"], facts["days_since_order"]) == (2, 201.0, 3)
    assert (facts["age"], facts["email_bulk"], facts["email"]) == (30, True, ANNA)
