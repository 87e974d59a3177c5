"""NPS: what is rated, by whom, and that a second review of the same day replaces the first."""

import pytest
import time_machine

from app.engine.http.app import create_box
from app.engine.store.nps import NpsCategory, NpsChannel, NpsReview
from app.engine.store.shops import shop_of
from app.rees46 import nps, profile
from app.rees46.errors import NotAllowed, Refused

ANNA = "anna@example.com"
KEYS = {"shop_id": "shop", "shop_secret": "shop-secret"}


@pytest.fixture(autouse=True)
def survey(database):
    """One category with personal thanks, one that is closed, two channels."""
    with database.writing() as db:
        number = shop_of(db, "shop").id
        thanks = "Thanks{% if first_name %}, {{ first_name }}{% endif %}!"
        db.add(NpsCategory(shop_id=number, code="delivery", name="Delivery", promoter_success=thanks))
        db.add(NpsCategory(shop_id=number, code="old", name="Old", active=False))
        db.add_all([NpsChannel(shop_id=number, code=code, name=code.title()) for code in ("website", "pos")])


@pytest.fixture
def newest(settings):
    """The box in the newest shapes, over the same database."""
    app = create_box(settings.model_copy(update={"box_shapes": "newest"}))
    yield app.test_client()
    app.extensions["db"].engine.dispose()


def review(**said):
    return nps.Create(**{"email": ANNA, "channel": "website", "category": "delivery", "rate": 9} | said)


def test_only_active_categories_are_listed_and_their_texts_know_the_customer(shop, sdk):
    shop.send(profile.Set(email=ANNA, first_name="Anna"))
    (category,) = shop.send(nps.Categories(email=ANNA))
    assert (category.code, category.promoter_success) == ("delivery", "Thanks, Anna!")
    assert sdk.send(nps.Categories())[0].promoter_success == "Thanks!"


def test_channels_are_listed(sdk):
    assert [channel.code for channel in sdk.send(nps.Channels())] == ["website", "pos"]


def test_a_review_is_read_back_with_its_codes(shop):
    shop.send(review(comment="Fine"))
    (kept,) = shop.send(nps.Reviews())
    assert (kept.channel, kept.category, kept.rate, kept.comment) == ("website", "delivery", 9, "Fine")


def test_nothing_at_all_is_a_rate_too_and_newer_installations_tell_who_and_when(shop, newest):
    shop.send(profile.Set(email=ANNA, phone="79990000002", external_id="77"))
    with time_machine.travel("2026-03-01 12:00", tick=False):
        shop.send(nps.Create(external_id="77", channel="website", category="delivery", rate=0, order_id=None))
    (kept,) = shop.send(nps.Reviews())
    assert (kept.rate, kept.email, kept.created_at) == (0, None, None)
    (told,) = newest.get("/nps/reviews", query_string=KEYS).json["payload"]["reviews"]
    assert (told["rate"], told["email"], told["phone"]) == (0, ANNA, "79990000002")
    assert told["created_at"] == "2026-03-01T12:00:00.000Z"


def test_a_second_review_of_the_same_day_changes_the_first(shop):
    shop.send(review(comment="Fine"))
    shop.send(review(rate=3))
    (kept,) = shop.send(nps.Reviews())
    assert (kept.rate, kept.comment) == (3, "Fine")
    shop.send(review(channel="pos"))
    assert len(shop.send(nps.Reviews())) == 2


def test_a_review_of_the_next_day_is_another_one(shop):
    with time_machine.travel("2026-03-01 12:00"):
        shop.send(review())
    with time_machine.travel("2026-03-02 12:00"):
        shop.send(review(rate=1))
    assert [one.rate for one in shop.send(nps.Reviews())] == [1, 9]
    assert [one.rate for one in shop.send(nps.Reviews(date_to="2026-03-01"))] == [9]
    assert [one.rate for one in shop.send(nps.Reviews(date_from="2026-03-02", category="delivery"))] == [1]
    assert shop.send(nps.Reviews(channel="pos")) == []


@pytest.mark.parametrize("rate", ["-1", "11", "nine", "", "5.5"])
def test_a_rate_is_a_whole_number_from_0_to_10(wire, shop, rate):
    said = {
        "shop_id": "shop",
        "shop_secret": "shop-secret",
        "email": ANNA,
        "channel": "website",
        "category": "delivery",
    }
    answer = wire.post("/nps/create", data=said | {"rate": rate})
    assert (answer.status_code, answer.json["status"]) == (400, "error")
    assert shop.send(nps.Reviews()) == []


@pytest.mark.parametrize("wrong", [{"channel": "fax"}, {"category": "old"}, {"email": None, "order_id": "none"}])
def test_an_unknown_channel_category_or_order_is_refused(shop, wrong):
    with pytest.raises(Refused):
        shop.send(nps.Create(**{key: value for key, value in dict(review(**wrong)).items() if value is not None}))
    assert shop.send(nps.Reviews()) == []


def test_a_device_reviews_without_the_secret_and_reads_nothing(sdk, shop):
    sdk.send(nps.Create(did="d1", seance="s1", channel="website", category="delivery", rate=10))
    assert len(shop.send(nps.Reviews())) == 1
    with pytest.raises(NotAllowed):
        sdk.send(nps.Reviews())


def test_unpublished_reviews_are_not_given(shop, database):
    shop.send(review())
    with database.writing() as db:
        db.query(NpsReview).one().published = False
    assert shop.send(nps.Reviews()) == []


def test_two_halves_of_a_person_who_reviewed_on_the_same_day_become_one_with_the_later_review(shop):
    shop.send(review(rate=3))
    shop.send(nps.Create(phone="79990000002", channel="website", category="delivery", rate=9))
    shop.send(profile.Set(email=ANNA, phone="79990000002"))
    (kept,) = shop.send(nps.Reviews())
    assert kept.rate == 9
