"""Profiles: what is saved comes back, what is not sent stays, and an address can be moved by force."""

import pytest

from app.engine.store.customers import Customer
from app.engine.store.orders import Order
from app.engine.worker.main import work_until_idle
from app.rees46 import orders, profile
from app.rees46.errors import NotAllowed, NotFound, Refused

ANNA, BORIS, NEW = "anna@example.com", "boris@example.com", "new@example.com"
EVERYTHING = {
    "phone": "4400114527199",
    "external_id": "100500",
    "first_name": "John",
    "last_name": "Doe",
    "age": 31,
    "birthday": "1990-03-11",
    "gender": "m",
    "location": "NY",
    "bought_something": True,
    "loyalty_id": "000001234567",
    "loyalty_card_location": "NY",
    "loyalty_status": "5% discount",
    "loyalty_bonuses": 1123,
    "loyalty_bonuses_to_next_level": 1877,
    "fb_id": "000000000354677",
    "vk_id": "vk031845",
    "telegram_id": "0125762968357835",
}


@pytest.fixture
def change(shop):
    return lambda old, new, yes="true": shop.send(
        profile.ForceChangeEmail(old_email=old, new_email=new, i_understand_what_i_am_doing=yes)
    )


def test_all_that_is_said_of_a_customer_comes_back(keeper):
    keeper.save(email=ANNA, **EVERYTHING)
    known = keeper.profile(email=ANNA).model_dump()
    assert {name: known[name] for name in EVERYTHING if name != "external_id"} == {
        name: value for name, value in EVERYTHING.items() if name != "external_id"
    }


def test_kids_and_cars_are_kept(keeper, db):
    kids = [{"gender": "m", "birthday": "2017-06-04"}, {"gender": "f"}]
    cars = [{"brand": "Nissan", "model": "Qashqai", "vds": "TM7N243E4G0BJG978"}]
    keeper.save(email=ANNA, kids=kids, auto=cars)
    (anna,) = db.query(Customer)
    assert anna.kids == [{"gender": "m", "birthday": "2017-06-04"}, {"gender": "f", "birthday": None}]
    assert anna.auto == cars


def test_given_values_replace_and_others_stay(keeper):
    keeper.save(email=ANNA, first_name="Anna", last_name="Petrova", size="M", colour="red")
    keeper.save(email=ANNA, last_name="Ivanova", size="L")
    anna = keeper.profile(email=ANNA)
    assert (anna.first_name, anna.last_name) == ("Anna", "Ivanova")
    assert anna.custom_properties == {"size": "L", "colour": "red"}


def test_what_every_call_carries_is_no_custom_property(wire):
    wire.post(
        "/profile/set",
        data={
            "shop_id": "shop",
            "did": "d1",
            "seance": "s",
            "sid": "s",
            "stream": "ios",
            "segment": "A",
            "size": "M",
        },
    )
    answer = wire.get("/profile?shop_id=shop&shop_secret=shop-secret&did=d1")
    assert answer.json["custom_properties"] == {"size": "M"}


def test_what_led_an_android_app_here_is_no_custom_property(wire):
    said = "shop_id=shop&did=d1&from=bulk&code=C9&size=M"
    wire.post(f"/profile/set?{said}")
    wire.post("/profile/set?shop_id=shop&did=d2&code=7")
    read = "/profile?shop_id=shop&shop_secret=shop-secret&did="
    assert wire.get(f"{read}d1").json["custom_properties"] == {"size": "M"}
    assert wire.get(f"{read}d2").json["custom_properties"] == {"code": "7"}


def test_a_device_learns_the_sizes_that_its_owner_chose_and_the_kinds_of_their_cars(wire, sdk, keeper):
    assert sdk.send(profile.Read(did="d1")).fashion_sizes == []
    keeper.save(did="d1", auto=[{"brand": "Nissan", "model": "Qashqai", "vds": "TM7N24"}, {"brand": "Mini"}])
    common = "shop_id=shop&did=d1&event="
    wire.post(f"/push?{common}view&item_id[0]=1&fashion_size[0]=36")
    wire.post(f"/push?{common}cart&item_id[0]=1&item_id[1]=2&fashion_size[1]=40&amount[0]=1")
    bought = [{"id": "1", "fashion_size": "M"}, {"id": "2", "fashion_size": 40}, {"id": "3", "fashion_size": ""}]
    wire.post("/push", json={"shop_id": "shop", "did": "d1", "event": "purchase", "order_id": "N1", "items": bought})
    known = sdk.send(profile.Read(did="d1"))
    assert sorted(known.fashion_sizes) == ["40", "M"]
    assert known.vds == ["TM7N24"]


def test_a_whole_profile_has_the_documented_keys_in_their_order(wire, keeper):
    keeper.save(email=ANNA)
    answer = wire.get(f"/profile?email={ANNA}&shop_id=shop&shop_secret=shop-secret")
    assert list(answer.json) == [
        "first_name",
        "last_name",
        "email",
        "phone",
        "fb_id",
        "vk_id",
        "telegram_id",
        "loyalty_id",
        "loyalty_card_location",
        "loyalty_status",
        "loyalty_bonuses",
        "loyalty_bonuses_to_next_level",
        "gender",
        "location",
        "age",
        "birthday",
        "bought_something",
        "tags",
        "custom_properties",
        "additional_phones",
        "additional_emails",
        "additional_loyalty_ids",
        "orders",
    ]


def test_a_profile_nobody_has_is_not_found(keeper):
    with pytest.raises(NotFound, match="Profile not found"):
        keeper.profile(email=ANNA)


def test_force_change_moves_everything_but_the_address(keeper, change):
    keeper.save(email=ANNA, first_name="Anna")
    keeper.manage(email=ANNA, email_bulk=True)
    keeper.add("1", email=ANNA)
    change(ANNA, NEW)
    assert keeper.profile(email=NEW).first_name == "Anna"
    assert keeper.on(email=NEW) == {"email_bulk"}
    assert keeper.segments(email=NEW) == [1]
    assert not keeper.knows(email=ANNA)


def test_force_change_takes_the_address_from_whoever_has_it(keeper, change):
    keeper.save(email=ANNA, first_name="Anna")
    keeper.save(email=BORIS, phone="79991112233", first_name="Boris")
    change(ANNA, BORIS)
    assert keeper.profile(email=BORIS).first_name == "Anna"
    boris = keeper.profile(phone="79991112233")
    assert (boris.first_name, boris.email) == ("Boris", None)


def test_force_change_of_an_unknown_address_is_not_found(change):
    with pytest.raises(NotFound, match="old_email"):
        change(ANNA, NEW)


@pytest.mark.parametrize("yes", ["true", "1", "yes", "believe me I know what I am doing"])
def test_any_true_value_says_that_one_understands(keeper, change, yes):
    keeper.save(email=ANNA)
    change(ANNA, NEW, yes)
    assert keeper.knows(email=NEW)


@pytest.mark.parametrize("no", [None, False, "false", 0, "no", ""])
def test_without_understanding_nothing_is_changed(keeper, wire, no):
    keeper.save(email=ANNA)
    said = {"shop_id": "shop", "shop_secret": "shop-secret", "old_email": ANNA, "new_email": NEW}
    answer = wire.post("/profile/force_change_email", json=said | {"i_understand_what_i_am_doing": no})
    assert answer.status_code == 400
    assert "i_understand_what_i_am_doing" in answer.json["payload"]["message"]
    assert keeper.knows(email=ANNA)


def test_a_purged_address_cannot_come_back_by_force_or_otherwise(keeper, change):
    keeper.callback(NEW, "hard_bounced")
    keeper.save(email=ANNA)
    with pytest.raises(Refused, match="bounced"):
        change(ANNA, NEW)
    with pytest.raises(Refused, match="purged"):
        keeper.save(email=NEW, first_name="Nina")
    keeper.save(email=NEW, phone="79991112233", first_name="Nina")
    nina = keeper.profile(phone="79991112233")
    assert (nina.first_name, nina.email) == ("Nina", None)


def test_changing_to_the_same_address_changes_nothing(keeper, change):
    keeper.save(email=ANNA, first_name="Anna")
    change(ANNA, ANNA.upper())
    assert keeper.profile(email=ANNA).first_name == "Anna"


def test_changing_to_a_former_address_makes_it_the_main_one(keeper, change):
    keeper.save(email=ANNA, phone="79991112233")
    keeper.save(email=NEW, phone="79991112233")
    change(NEW, ANNA)
    anna = keeper.profile(phone="79991112233")
    assert (anna.email, anna.additional_emails) == (ANNA, [])


@pytest.mark.parametrize(
    ("operation", "kind", "old", "new", "written"),
    [
        (profile.ForceChangePhone, "phone", "79991112233", "79994445566", "+7 999 444-55-66"),
        (profile.ForceChangeId, "external_id", "10", "11", "11"),
    ],
)
def test_other_keys_are_changed_by_force_too_and_whoever_had_the_new_one_loses_it(
    keeper, shop, operation, kind, old, new, written
):
    keeper.save(**{kind: old}, email=ANNA)
    keeper.save(**{kind: new}, email=BORIS, first_name="Boris")
    said = {f"old_{kind}": old, f"new_{kind}": written, "i_understand_what_i_am_doing": "yes"}
    shop.send(operation(**said))
    assert keeper.profile(**{kind: new}).email == ANNA
    assert not keeper.knows(**{kind: old})
    assert keeper.profile(email=BORIS).first_name == "Boris"
    with pytest.raises(NotFound, match=f"old_{kind}"):
        shop.send(operation(**said))


def test_a_purged_customer_is_nameless_and_what_they_bought_stays(keeper, shop, settings, db):
    order = {"id": "N1", "date": 1602338740, "email": ANNA, "delivery_address": "Home 1", "items": [{"id": "37"}]}
    shop.send(orders.Sync(orders=[order]))
    work_until_idle(settings)
    keeper.save(email=ANNA, kids=[{"gender": "m"}], size="L", **EVERYTHING)
    keeper.manage(email=ANNA, email_bulk=True)
    shop.send(profile.Purge(loyalty_id=EVERYTHING["loyalty_id"]))
    assert not any(
        keeper.knows(**{kind: key})
        for kind, key in (
            ("email", ANNA),
            ("phone", EVERYTHING["phone"]),
            ("external_id", "100500"),
            ("telegram_id", "0125762968357835"),
        )
    )
    (nobody,) = db.query(Customer)
    assert (nobody.first_name, nobody.last_name, nobody.birthday, nobody.vk_id) == (None,) * 4
    assert (nobody.kids, nobody.custom_properties, nobody.gender, nobody.bought_something) == ([], {}, "m", True)
    assert db.query(Order.delivery_address, Order.customer_id).one() == (None, nobody.id)
    assert not keeper.on(email=ANNA)


def test_only_a_known_customer_is_purged_and_only_with_the_secret(keeper, shop, sdk):
    keeper.save(email=ANNA, did="d1")
    with pytest.raises(NotFound, match="Profile not found"):
        shop.send(profile.Purge(email=BORIS))
    with pytest.raises(NotAllowed):
        sdk.send(profile.Purge(did="d1"))
    assert keeper.knows(email=ANNA)
