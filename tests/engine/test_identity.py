"""Whom a call is about: customers found, made and merged by any of their keys."""

import pytest

from app.engine.store.customers import Customer
from app.rees46 import profile, segments, sessions, subscriptions
from app.rees46.errors import NotAllowed, NotFound

ANNA, BORIS = "anna@example.com", "boris@example.com"
PHONE, OTHER_PHONE = "79991112233", "79994445566"


def number_of_customers(db):
    return db.query(Customer).count()


def test_a_customer_is_found_by_each_key_they_were_saved_with(keeper):
    keys = {
        "email": ANNA,
        "phone": PHONE,
        "external_id": "100500",
        "loyalty_id": "L7",
        "telegram_id": "0125",
    }
    keeper.save(**keys, first_name="Anna")
    for kind, key in keys.items():
        assert keeper.profile(**{kind: key}).first_name == "Anna"


@pytest.mark.parametrize(
    "written", ["+7 999 111-22-33", "8 (999) 111 22 33", "79991112233", "9991112233", " 79991112233"]
)
def test_a_phone_number_leads_to_its_customer_however_it_is_written(keeper, written):
    keeper.save(phone=PHONE, first_name="Anna")
    assert keeper.profile(phone=written).phone == PHONE


def test_an_address_is_the_same_in_capital_letters(keeper):
    keeper.save(email="Anna@Example.COM", first_name="Anna")
    assert keeper.profile(email=ANNA).email == ANNA


def test_where_email_and_phone_lead_to_two_people_the_email_decides_and_neither_loses_a_key(keeper):
    keeper.save(email=ANNA, first_name="Anna")
    keeper.save(email=BORIS, phone=PHONE, first_name="Boris")
    keeper.save(email=ANNA, phone=PHONE, location="Kazan")
    assert keeper.profile(email=ANNA).location == "Kazan"
    assert keeper.profile(email=ANNA).phone is None
    assert keeper.profile(phone=PHONE).first_name == "Boris"


def test_two_halves_of_one_person_become_one_when_a_call_names_both(keeper, db):
    keeper.save(email=ANNA, first_name="Anna", colour="red")
    keeper.save(phone=PHONE, last_name="Petrova", colour="blue", size="M")
    keeper.add("1", phone=PHONE)
    keeper.save(email=ANNA, phone=PHONE)
    anna = keeper.profile(phone=PHONE)
    assert (anna.first_name, anna.last_name, anna.email) == ("Anna", "Petrova", ANNA)
    assert anna.custom_properties == {"colour": "red", "size": "M"}
    assert keeper.segments(email=ANNA) == [1]
    assert number_of_customers(db) == 1


def test_two_people_become_one_only_by_the_word_of_who_has_the_secret(keeper, sdk, db):
    keeper.save(email=ANNA, first_name="Anna")
    keeper.save(phone=PHONE, last_name="Petrova")
    sdk.send(profile.Set(did="d1", email=ANNA, phone=PHONE, size="M"))
    assert keeper.profile(email=ANNA).custom_properties == {"size": "M"}
    assert keeper.profile(phone=PHONE).custom_properties == {}
    assert number_of_customers(db) == 2


def test_a_no_outweighs_a_yes_when_two_become_one(keeper):
    keeper.manage(email=ANNA, email_bulk=True, sms_bulk=True)
    keeper.manage(phone=PHONE, email_bulk=False, sms_chain=True)
    keeper.save(email=ANNA, phone=PHONE)
    assert keeper.on(email=ANNA) == {"sms_bulk", "sms_chain"}


def test_a_new_phone_number_takes_the_place_of_the_old_one_which_still_leads_here(keeper):
    keeper.save(email=ANNA, phone=PHONE)
    keeper.save(email=ANNA, phone=OTHER_PHONE)
    anna = keeper.profile(phone=PHONE)
    assert (anna.phone, anna.additional_phones, anna.email) == (OTHER_PHONE, [PHONE], ANNA)


def test_a_former_number_that_finds_its_customer_does_not_become_the_main_one_again(keeper):
    keeper.save(email=ANNA, phone=PHONE)
    keeper.save(email=ANNA, phone=OTHER_PHONE)
    keeper.save(phone=PHONE, location="Omsk")
    assert keeper.profile(email=ANNA).phone == OTHER_PHONE


def test_a_new_address_beside_a_known_number_takes_the_place_of_the_old_one(keeper):
    keeper.save(email=ANNA, phone=PHONE)
    keeper.save(email=BORIS, phone=PHONE)
    now = keeper.profile(phone=PHONE)
    assert (now.email, now.additional_emails) == (BORIS, [ANNA])


def test_a_call_that_is_not_about_keys_changes_none(keeper):
    keeper.save(email=ANNA, phone=PHONE)
    keeper.add("1", email=ANNA, phone=OTHER_PHONE)
    assert keeper.profile(email=ANNA).phone == PHONE
    assert not keeper.knows(phone=OTHER_PHONE)


def test_what_a_nameless_device_did_belongs_to_whoever_is_named_beside_it(keeper, sdk, db):
    sdk.send(profile.Set(did="d1", size="M"))
    sdk.send(segments.Add(did="d1", segment_id="1"))
    sdk.send(profile.Set(did="d1", email=ANNA))
    assert keeper.profile(email=ANNA).custom_properties == {"size": "M"}
    assert keeper.segments(email=ANNA) == [1]
    assert number_of_customers(db) == 1


def test_a_nameless_device_joins_a_known_customer(keeper, sdk, db):
    keeper.save(email=ANNA, first_name="Anna")
    sdk.send(profile.Set(did="d1", size="M"))
    sdk.send(subscriptions.Manage(did="d1", email=ANNA, email_bulk=True))
    assert keeper.profile(did="d1").custom_properties == {"size": "M"}
    assert number_of_customers(db) == 1


def test_a_device_goes_to_the_next_person_who_signs_in_on_it(keeper, sdk):
    sdk.send(profile.Set(did="d1", email=ANNA, first_name="Anna"))
    sdk.send(profile.Set(did="d1", email=BORIS, first_name="Boris"))
    assert keeper.profile(did="d1").first_name == "Boris"
    assert keeper.profile(email=ANNA).first_name == "Anna"
    sdk.send(profile.Set(did="d1", email=ANNA))
    assert keeper.profile(did="d1").first_name == "Anna"


def test_a_device_alone_says_nothing_that_names_its_owner(keeper, sdk):
    kids = [{"gender": "f", "birthday": "2014-02-10"}]
    keeper.save(did="d1", email=ANNA, phone=PHONE, first_name="Anna", gender="f", bought_something=True, kids=kids)
    seen = sdk.send(profile.Read(did="d1"))
    assert isinstance(seen, profile.AnonymousProfile)
    assert (seen.gender, seen.has_email, seen.bought_something) == ("f", True, True)
    said = seen.model_dump_json()
    assert not any(secret in said for secret in ("Anna", ANNA, PHONE, "2014"))


def test_a_device_nobody_knows_has_an_empty_profile_without_the_secret_and_none_with_it(keeper, sdk):
    assert sdk.send(profile.Read(did="unknown")) == profile.AnonymousProfile()
    with pytest.raises(NotFound):
        keeper.profile(did="unknown")


def test_without_the_secret_an_address_finds_nobody(sdk, keeper):
    keeper.save(email=ANNA)
    with pytest.raises(NotAllowed):
        sdk.send(profile.Read(email=ANNA))
    assert isinstance(sdk.send(profile.Read(email=ANNA, did="d9")), profile.AnonymousProfile)


def test_shops_do_not_see_each_others_customers(keeper, other_shop):
    keeper.save(email=ANNA, phone=PHONE, did="d1", first_name="Anna")
    for who in ({"email": ANNA}, {"phone": PHONE}, {"did": "d1"}):
        with pytest.raises(NotFound):
            other_shop.send(profile.Read(**who))
    other_shop.send(profile.Set(email=ANNA, first_name="Another Anna"))
    assert keeper.profile(email=ANNA).first_name == "Anna"


def test_a_visit_echoes_the_device_it_was_given_and_names_a_new_one_otherwise(sdk, keeper):
    started = sdk.send(sessions.Init(did="my-own", seance="s1", v="3", tz="3", stream="ios"))
    assert (started.did, started.seance, started.sid) == ("my-own", "s1", "s1")
    fresh = sdk.send(sessions.Init())
    assert fresh.did not in {"", "my-own"}
    assert fresh.seance
    assert sdk.send(sessions.Init(did=fresh.did, seance=fresh.seance)).did == fresh.did


def test_a_visit_knows_whether_there_is_an_address(sdk, keeper):
    assert not sdk.send(sessions.Init(did="d1")).has_email
    keeper.save(did="d1", email=ANNA)
    assert sdk.send(sessions.Init(did="d1")).has_email
