"""Stories and predictions: what a device has seen and did decides what it is told."""

import pytest

from app.engine.store.shops import shop_of
from app.engine.store.stories import StoryBlock
from app.rees46 import events, loyalty_members, predictions, stories
from app.rees46.errors import NotAllowed, NotFound, Refused
from tests.engine.asking import SHOP


def story(number, slides, **more):
    return {
        "id": number,
        "name": f"Story {number}",
        "slides": [{"id": slide, "type": "image"} for slide in slides],
    } | more


@pytest.fixture(autouse=True)
def _block(database):
    with database.writing() as db:
        kept = [story(1, [11, 12]), story(2, [21], pinned=True)]
        db.add(StoryBlock(shop_id=shop_of(db, SHOP).id, code="main", settings={"color": "#fff"}, stories=kept))


def see(sdk, number, slide, did="d", event="view"):
    sdk.send(stories.Track(did=did, code="main", story_id=number, slide_id=slide, event=event))


def told(sdk, did="d"):
    return [(one.id, one.viewed, one.start_position) for one in sdk.send(stories.Read(code="main", did=did)).stories]


def test_a_story_goes_on_where_the_device_left_it_and_pinned_ones_come_first(sdk):
    assert told(sdk) == [(2, False, 0), (1, False, 0)]
    see(sdk, 1, 11)
    see(sdk, 1, 11)
    see(sdk, 2, 21, event="click")
    assert told(sdk) == [(2, False, 0), (1, False, 1)]
    see(sdk, 1, 12)
    see(sdk, 2, 21)
    assert told(sdk) == [(2, True, 0), (1, True, 0)]
    assert told(sdk, did="other") == [(2, False, 0), (1, False, 0)]


def test_a_block_that_is_not_there_and_an_event_that_is_none_are_refused(sdk, wire, other_shop):
    with pytest.raises(NotFound):
        sdk.send(stories.Read(code="none"))
    with pytest.raises(NotFound):
        other_shop.send(stories.Read(code="main"))
    for wrong in ({"event": "like"}, {"story_id": 0}, {"slide_id": "x"}, {"did": ""}, {"story_id": 2**40}):
        said = {"shop_id": SHOP, "did": "d", "code": "main", "event": "view", "story_id": 1, "slide_id": 1} | wrong
        assert wire.post("/track/stories", json=said).status_code == 400


def test_who_does_more_is_more_likely_to_buy(sdk):
    def probability(did):
        return sdk.send(predictions.ProbabilityToPurchase(did=did)).probability

    assert probability("nobody") == 0
    sdk.send(events.Track(did="looker", event="view", item_id=["1"]))
    for _ in range(3):
        sdk.send(events.Track(did="buyer", event="cart", item_id=["1"], amount=[1]))
    assert 0 < probability("looker") < probability("buyer") < 1


def test_apps_ask_for_loyalty_without_a_secret_only_where_the_shop_lets_them(sdk, database):
    join, ask = loyalty_members.Join(phone="79990000001"), loyalty_members.Status(identifier="79990000001")
    for op in (join, ask):
        with pytest.raises((NotAllowed, Refused)):
            sdk.send(op)
    with database.writing() as db:
        shop_of(db, SHOP).apps_ask_loyalty = True
    sdk.send(join)
    assert sdk.send(ask).member
