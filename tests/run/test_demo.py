"""The demo: a desk that knows its shops, segments and campaigns, and keeps what people change."""

import pytest

from app import engine, store
from app.run import demo
from app.store import campaigns, segment_names, shops
from tests.furnishing import settings_in


@pytest.fixture
def demo_settings(tmp_path, monkeypatch):
    """A small seed stands in for the large one, which has tests of its own."""
    from app.engine.seed import small  # noqa: PLC0415  # heavy, and only needed here

    monkeypatch.setattr(demo, "demo", small)
    settings = settings_in(tmp_path)
    engine.upgrade(settings)
    store.upgrade(settings)
    demo.furnish(settings)
    return settings


def test_the_demo_desk_knows_its_segments_and_campaigns(demo_settings):
    with store.open_desk(demo_settings).reading() as db:
        first, second = shops.in_use(db)
        assert (first.shop_id, second.shop_id) == ("demo", "second")
        assert segment_names.by_id(db, first.id, "313").name == "Spring sale"
        assert campaigns.by_code(db, first.id, "sms", "order_ready").variables[0] == "order.number"
        assert campaigns.of_shop(db, second.id) == []


def test_a_second_start_leaves_everything_as_people_left_it(demo_settings):
    desk = store.open_desk(demo_settings)
    with desk.writing() as db:
        first = shops.in_use(db)[0]
        first.name = "Renamed"
        db.delete(segment_names.by_id(db, first.id, "313"))
    demo.furnish(demo_settings)
    with desk.reading() as db:
        assert [shop.name for shop in shops.in_use(db)] == ["Renamed", "Second shop"]
        assert segment_names.by_id(db, 1, "313") is None
