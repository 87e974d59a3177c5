"""Starting a visit: a device is confirmed or named, and told what SDKs need to know."""

import pytest
from sqlalchemy import select

from app.engine.store.devices import Visit
from app.rees46 import sessions
from tests.engine.asking import ON_SQLITE

SETTINGS = {
    "did",
    "seance",
    "sid",
    "currency",
    "email_collector",
    "has_email",
    "recommendations",
    "lazy_load",
    "cms",
    "auto_css_recommender",
    "snippets",
    "search",
    "popup",
    "web_push_settings",
    "recone",
}


def test_a_device_gets_back_the_very_id_it_sent_also_an_unknown_one(sdk):
    for did in ("mine", "mine", "another"):
        assert sdk.send(sessions.Init(did=did)).did == did


def test_a_device_without_an_id_is_given_one_that_is_known_from_then_on(sdk):
    first, second = sdk.send(sessions.Init()), sdk.send(sessions.Init())
    assert first.did != second.did
    assert first.seance == first.sid
    assert sdk.send(sessions.Init(did=first.did)).did == first.did


def test_the_answer_tells_whether_the_owner_has_an_address(sdk, keeper):
    assert not sdk.send(sessions.Init(did="d1")).has_email
    keeper.save(email="anna@example.com", did="d1")
    assert sdk.send(sessions.Init(did="d1")).has_email


@ON_SQLITE
def test_sdks_find_every_setting_they_read(wire):
    said = wire.get("/init?shop_id=shop&sid=s1&stream=null").json
    assert said.keys() >= SETTINGS
    assert said["search"]["enabled"] is True
    assert said["seance"] == "s1"


@pytest.mark.parametrize("method", ["get", "post"])
@ON_SQLITE
def test_a_visit_is_kept_once_with_its_stream_referrer_and_zone(wire, db, method):
    where = "/init?shop_id=shop&did=d1&v=3&seance=s1&stream=ios&referrer=https%3A%2F%2Fa.test&tz=-3"
    for _ in range(2):
        assert getattr(wire, method)(where).status_code == 200
    (visit,) = db.scalars(select(Visit)).all()
    assert (visit.stream, visit.referrer, visit.tz) == ("ios", "https://a.test", "-3")
