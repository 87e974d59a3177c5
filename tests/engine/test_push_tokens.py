"""Push tokens: an app says where its push messages go."""

import pytest

from app.rees46 import push_tokens, subscriptions
from app.rees46.errors import Refused
from tests.engine.asking import ON_SQLITE

ANNA = "anna@example.com"


def test_a_token_makes_the_owner_of_its_device_reachable_by_push(keeper, sdk):
    keeper.save(email=ANNA, did="phone")
    assert "mobile_push" not in keeper.on(email=ANNA)
    sdk.send(push_tokens.Add(did="phone", token="T1", platform="ios"))
    assert "mobile_push" in keeper.on(email=ANNA)


def test_a_token_that_comes_again_moves_to_the_device_that_sent_it_last(keeper, sdk):
    keeper.save(email=ANNA, did="phone")
    keeper.save(email="boris@example.com", did="tablet")
    for did in ("phone", "phone", "tablet"):
        sdk.send(push_tokens.Add(did=did, token="T1", platform="android"))
    assert "mobile_push" not in keeper.on(email=ANNA)
    assert "mobile_push" in keeper.on(email="boris@example.com")


def test_the_log_of_changes_says_whom_mobile_push_reaches_from_now_on_and_whom_no_longer(keeper, sdk, shop):
    keeper.save(email=ANNA, did="phone")
    keeper.save(email="boris@example.com", did="tablet")
    for did, token in (("phone", "T1"), ("phone", "T1"), ("phone", "T2"), ("tablet", "T1"), ("tablet", "T2")):
        sdk.send(push_tokens.Add(did=did, token=token, platform="android"))
    rows = [
        (row.contact, row.event, row.channel)
        for row in shop.send(subscriptions.Changes())
        if row.campaign_type == "bulk"
    ]
    assert rows[::-1] == [
        ("phone", "subscribe", "mobile_sdk"),
        ("tablet", "subscribe", "mobile_sdk"),
        ("phone", "unsubscribe", "mobile_sdk"),
    ]


@ON_SQLITE
def test_an_empty_object_is_the_answer_however_the_parameters_come(wire):
    where = "/mobile_push_tokens?shop_id=shop&did=d&token=T&platform=ios_firebase&stream=null"
    assert (wire.post(where).status_code, wire.post(where).json) == (200, {})


@ON_SQLITE
@pytest.mark.parametrize("platform", ["windows", ""])
def test_a_platform_of_nobody_is_refused(sdk, platform):
    with pytest.raises(Refused):
        sdk.send(push_tokens.Add.model_construct(did="d", token="T", platform=platform))
