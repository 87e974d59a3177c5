"""Subscriptions: consents by channel and type, what is blocked for ever, and the log of it all."""

from datetime import timedelta

import pytest

from app.engine.store.subscription_log import SubscriptionChange
from app.rees46 import profile, push_tokens, subscriptions
from app.rees46.errors import NotAllowed, Refused
from tests.engine.asking import ON_SQLITE

ANNA, BORIS, PHONE = "anna@example.com", "boris@example.com", "79991112233"
ALL_EMAIL = {"email_bulk": True, "email_chain": True, "email_transactional": True}
ALL_SMS = {"sms_bulk": True, "sms_chain": True, "sms_transactional": True}


def said(changes):
    return [(change.contact, change.campaign_type, change.event) for change in changes]


def test_only_the_flags_that_are_sent_change(keeper):
    keeper.manage(email=ANNA, phone=PHONE, **ALL_EMAIL, **ALL_SMS)
    keeper.manage(email=ANNA, email_bulk=False, sms_chain=False)
    assert keeper.on(email=ANNA) == {"email_chain", "email_transactional", "sms_bulk", "sms_transactional"}


def test_flags_of_both_channels_are_set_through_either_contact(keeper):
    keeper.save(email=ANNA, phone=PHONE)
    keeper.manage(email=ANNA, sms_bulk=True)
    keeper.manage(phone=PHONE, email_bulk=True)
    assert keeper.on(email=ANNA) == keeper.on(phone=PHONE) == {"email_bulk", "sms_bulk"}


def test_an_sms_flag_counts_only_once_there_is_a_phone_number(keeper):
    keeper.manage(email=ANNA, sms_bulk=True)
    assert keeper.on(email=ANNA) == set()
    keeper.save(email=ANNA, phone=PHONE)
    assert keeper.on(email=ANNA) == {"sms_bulk"}


def test_an_app_manages_the_customer_of_its_device(sdk, keeper):
    sdk.send(profile.Set(did="d1", email=ANNA))
    sdk.send(subscriptions.Manage(did="d1", email_chain=True))
    assert keeper.on(email=ANNA) == {"email_chain"}


def test_managing_somebody_unknown_makes_them(keeper):
    keeper.manage(email=ANNA, email_bulk=True)
    assert keeper.profile(email=ANNA).email == ANNA


def test_nobody_is_managed_without_an_identifier(wire):
    answer = wire.post("/subscriptions/manage", data="shop_id=shop&shop_secret=shop-secret&email_bulk=true")
    assert answer.status_code == 400
    assert "at least one of email, phone" in answer.json["payload"]["message"]


def test_an_unknown_contact_has_everything_off(keeper):
    assert keeper.on(email=ANNA) == set()


def test_an_address_that_cannot_work_or_was_made_to_be_thrown_away_is_invalid(keeper):
    for email in ("a@shop", "x@mailinator.com", 'od"d@example.com'):
        assert keeper.check(email=email).email_invalid
    assert not keeper.check(email="a@shop.local").email_invalid


def test_checking_takes_the_secret_as_a_header_and_needs_it(wire):
    assert wire.get(f"/subscriptions/check?shop_id=shop&email={ANNA}").status_code == 403
    answer = wire.get(f"/subscriptions/check?shop_id=shop&email={ANNA}", headers={"X-Shop-Secret": "shop-secret"})
    seeds = [
        "email_bulk",
        "email_chain",
        "email_transactional",
        "email_invalid",
        "email_blacklisted",
        "email_bounced",
        "email_suppressed",
        "web_push",
        "mobile_push",
        "sms_bulk",
        "sms_chain",
        "sms_transactional",
    ]
    assert list(answer.json)[: len(seeds)] == seeds
    newer = {f"{channel}_{kind}" for channel in NEWER for kind in ("bulk", "chain", "transactional")}
    assert set(answer.json) == {*seeds, *newer, "wallet_bulk", "exists", "email_confirmed"}


@pytest.mark.parametrize(
    ("flag", "key", "logged"),
    [
        ("telegram_bulk", {"telegram_id": "77"}, ("telegram", "77")),
        ("max_chain", {"phone": PHONE}, ("max", f"+{PHONE}")),
        ("whatsapp_transactional", {"phone": PHONE}, ("whatsapp", f"+{PHONE}")),
        ("wallet_bulk", {"phone": PHONE}, ("wallet", f"+{PHONE}")),
    ],
)
def test_a_newer_channel_is_on_when_its_contact_is_there_and_wants_it(keeper, flag, key, logged):
    keeper.manage(email=ANNA, **{flag: True})
    assert keeper.on(email=ANNA) == set()
    keeper.save(email=ANNA, **key)
    keeper.manage(email=ANNA, **{flag: False})
    keeper.manage(email=ANNA, **{flag: True})
    assert keeper.on(email=ANNA) == {flag}
    newest = keeper.changes()[0]
    assert (newest.contact_type, newest.contact, newest.event) == (*logged, "subscribe")


def test_a_push_token_is_on_until_somebody_says_no(keeper, sdk, shop):
    keeper.save(email=ANNA, did="phone-1")
    sdk.send(push_tokens.Add(did="phone-1", platform="ios", token="T"))
    every = {"mobile_push", "mobile_push_bulk", "mobile_push_chain", "mobile_push_transactional"}
    assert keeper.on(email=ANNA) == every
    keeper.manage(email=ANNA, mobile_push_bulk=False)
    assert keeper.on(email=ANNA) == every - {"mobile_push_bulk"}
    newest = keeper.changes()[0]
    assert (newest.contact_type, newest.contact, newest.event) == ("mpush", "phone-1", "unsubscribe")
    keeper.manage(email=ANNA, mobile_push_chain=False, mobile_push_transactional=False)
    assert keeper.on(email=ANNA) == set()


@ON_SQLITE
def test_the_wallet_has_a_second_name_and_an_import_brings_the_newer_channels(wire, keeper):
    said = {"shop_id": "shop", "shop_secret": "shop-secret", "phone": PHONE, "mobile_wallet_bulk": "true"}
    assert wire.post("/subscriptions/manage", data=said).status_code == 200
    keeper.import_({"phone": PHONE, "whatsapp_bulk": True, "max_bulk": True})
    assert keeper.on(phone=PHONE) == {"wallet_bulk", "whatsapp_bulk", "max_bulk"}


@ON_SQLITE
def test_what_looks_like_a_flag_and_is_none_is_refused_and_nothing_changes(wire, keeper):
    keeper.save(email=ANNA, phone=PHONE)
    said = {"shop_id": "shop", "shop_secret": "shop-secret", "email": ANNA, "email_chain": True}
    for name, value in NO_FLAGS.items():
        answer = wire.post("/subscriptions/manage", json=said | {name: value})
        assert (answer.status_code, "Nothing was changed" in answer.json["message"]) == (400, True), name
    assert keeper.on(email=ANNA) == set()
    assert wire.post("/subscriptions/manage", json=said | {"sms_promo": ""}).status_code == 200  # asks for nothing
    assert keeper.on(email=ANNA) == {"email_chain"}


@ON_SQLITE
def test_what_apps_send_along_is_no_flag(wire, keeper):
    said = "shop_id=shop&did=d1&seance=1&sid=0&stream=ios&segment=A&from=bulk&code=1&v=1&tz=0&lang=ru&email_bulk=1"
    keeper.save(did="d1", email=ANNA)
    assert wire.post(f"/subscriptions/manage?{said}").status_code == 200
    assert keeper.on(email=ANNA) == {"email_bulk"}


NO_FLAGS = {
    "sms_promo": "true",
    "wallet_chain": "false",
    "Email_bulk": 1,
    "push_bulk": "maybe",
    "web_push": True,
    "newsletter": "on",
    "subscriptions": {"email_bulk": True},
    "flags": ["email_bulk"],
    "viber_transactional": False,
    "email_promo": "maybe",
    "wallet": "1",
    "sms[bulk]": "true",
}
NEWER = ("web_push", "mobile_push", "telegram", "whatsapp", "max")
EVENTS = [("hard_bounced", "email_bounced"), ("complained", "email_suppressed"), ("blacklisted", "email_blacklisted")]


@pytest.mark.parametrize(("event", "flag"), EVENTS)
def test_what_a_mail_server_says_turns_all_email_off_and_blocks_it_for_ever(keeper, event, flag):
    keeper.save(phone=PHONE, email=ANNA)
    keeper.manage(email=ANNA, **ALL_EMAIL, sms_bulk=True)
    keeper.callback(ANNA, event)
    with pytest.raises(Refused, match=r"do-not-use list.*Nothing was changed"):
        keeper.manage(email=ANNA, phone=PHONE, **ALL_EMAIL)
    assert keeper.on(email=ANNA) - {"sms_bulk"} == {flag}
    assert "sms_bulk" in keeper.on(phone=PHONE)


@pytest.mark.parametrize(("event", "flag"), EVENTS)
def test_what_a_mail_server_says_of_an_unknown_address_is_remembered(keeper, event, flag):
    keeper.callback(ANNA, event)
    assert keeper.on(email=ANNA) == {flag}
    assert not keeper.knows(email=ANNA)
    keeper.import_({"email": ANNA, "phone": PHONE, **ALL_EMAIL})
    assert keeper.on(email=ANNA) == {flag}


def test_a_hard_bounce_purges_the_address_and_leaves_the_person(keeper):
    keeper.save(email=ANNA, phone=PHONE, first_name="Anna")
    keeper.callback(ANNA, "hard_bounced")
    assert not keeper.knows(email=ANNA)
    anna = keeper.profile(phone=PHONE)
    assert (anna.first_name, anna.email) == ("Anna", None)
    with pytest.raises(Refused, match="do-not-use list"):
        keeper.manage(email=ANNA, email_bulk=True)
    assert not keeper.knows(email=ANNA)


def test_a_purged_address_says_nothing_of_the_address_that_comes_after_it(keeper):
    keeper.save(email=ANNA, phone=PHONE)
    keeper.callback(ANNA, "hard_bounced")
    keeper.manage(email=BORIS, phone=PHONE, email_bulk=True)
    assert keeper.on(email=BORIS) == {"email_bulk"}


def test_unsubscribed_turns_all_email_off_and_may_be_undone(keeper):
    keeper.manage(email=ANNA, **ALL_EMAIL)
    keeper.callback(ANNA, "unsubscribed")
    assert keeper.on(email=ANNA) == set()
    keeper.manage(email=ANNA, email_bulk=True)
    assert keeper.on(email=ANNA) == {"email_bulk"}


def test_an_unsubscribed_stranger_is_remembered(keeper):
    keeper.callback(ANNA, "unsubscribed")
    assert [change.event for change in keeper.changes()] == ["unsubscribe"] * 3


def test_an_unknown_event_is_refused(wire):
    answer = wire.post(
        "/subscriptions/callback",
        data={
            "shop_id": "shop",
            "shop_secret": "shop-secret",
            "email": ANNA,
            "event": "soft_bounced",
        },
    )
    assert answer.status_code == 400


def test_every_real_change_is_logged_once_newest_first(keeper):
    keeper.manage(email=ANNA, phone=PHONE, email_bulk=True, sms_chain=False)
    keeper.manage(email=ANNA, email_bulk=True)
    keeper.manage(email=ANNA, email_bulk=False)
    assert said(keeper.changes()) == [
        (ANNA, "bulk", "unsubscribe"),
        ("+79991112233", "chain", "unsubscribe"),
        (ANNA, "bulk", "subscribe"),
    ]


def test_a_change_says_what_by_which_channel_when_and_from_where(keeper, wire):
    keeper.manage(email=ANNA, email_bulk=True)
    (change,) = wire.get("/subscriptions/changes?shop_id=shop&shop_secret=shop-secret").json
    assert list(change) == ["contact_type", "contact", "campaign_type", "event", "channel", "datetime", "ip"]
    assert (change["contact_type"], change["channel"], change["ip"]) == ("email", "api", "127.0.0.1")
    assert len(change["datetime"]) == len("2020-09-24 14:42:36")


def test_each_way_of_changing_has_its_channel(keeper, sdk, wire):
    keeper.manage(email=ANNA, email_bulk=True)
    sdk.send(subscriptions.Manage(did="d1", email=ANNA, email_bulk=False))
    wire.post(
        "/subscriptions/manage",
        data={"shop_id": "shop", "did": "d1", "email_bulk": "1"},
        headers={
            "Origin": "https://shop.example",
        },
    )
    keeper.import_({"email": ANNA, "email_bulk": False})
    keeper.callback(ANNA, "complained")
    channels = [change.channel for change in keeper.changes()]
    assert channels == ["api_callback"] * 3 + ["import", "js_sdk", "mobile_sdk", "api"]


def test_a_callback_is_logged_for_each_type_and_only_once(keeper):
    keeper.callback(ANNA, "hard_bounced")
    keeper.callback(ANNA, "hard_bounced")
    assert sorted(said(keeper.changes())) == [
        (ANNA, kind, "hard_bounced") for kind in ("bulk", "chain", "transactional")
    ]


@pytest.fixture
def old_changes(database, db):
    """A year of changes, one a day at noon, newest yesterday."""
    with database.writing() as writing:
        noon = writing.now.replace(hour=12, minute=0, second=0, microsecond=0)
        shop = db.shop.id
        for days in range(1, 366):
            writing.add(
                SubscriptionChange(
                    shop_id=shop,
                    at=noon - timedelta(days=days),
                    contact_type="email",
                    contact=f"c{days}@example.com",
                    campaign_type="bulk",
                    event="unsubscribe" if days % 2 else "subscribe",
                    ip="",
                    channel="email_feedback_processing" if days % 2 else "popup",
                )
            )
    return noon


def test_without_dates_the_changes_of_yesterday_and_today_are_given(keeper, old_changes):
    assert said(keeper.changes()) == [("c1@example.com", "bulk", "unsubscribe")]


def test_both_days_of_a_range_are_included(keeper, old_changes):
    first, last = old_changes.date() - timedelta(days=4), old_changes.date() - timedelta(days=2)
    found = [change.contact for change in keeper.changes(from_=first, to=last)]
    assert found == ["c2@example.com", "c3@example.com", "c4@example.com"]


def test_changes_are_filtered_by_event_and_channel_under_any_of_their_names(keeper, old_changes):
    year = {"from_": old_changes.date() - timedelta(days=365)}
    assert len(keeper.changes(**year)) == 365
    for channel in ("email_processing", "email_feedback_processing"):
        assert len(keeper.changes(**year, channel=channel)) == 183
    for event in ("unsubscribe", "unsubscribed"):
        assert len(keeper.changes(**year, event=event)) == 183
    assert keeper.changes(**year, event="subscribe", channel="email_processing") == []
    assert keeper.changes(**year, event="nonsense") == []


def test_changes_are_given_in_pages_and_of_one_contact(keeper, old_changes):
    year = {"from_": old_changes.date() - timedelta(days=365)}
    page = keeper.changes(**year, limit=2, offset=1)
    assert [change.contact for change in page] == ["c2@example.com", "c3@example.com"]
    assert len(keeper.changes(**year, email="C7@example.com")) == 1


@pytest.mark.parametrize("day", ["2020-13-01", "01.02.2020", "5", "yesterday"])
def test_a_day_that_is_none_is_refused(wire, day):
    answer = wire.get(f"/subscriptions/changes?shop_id=shop&shop_secret=shop-secret&from={day}")
    assert answer.status_code == 400
    assert answer.json["payload"]["message"].startswith("from: ")


def test_changes_need_the_secret(sdk):
    with pytest.raises(NotAllowed):
        sdk.send(subscriptions.Changes())
    with pytest.raises(Refused):
        sdk.send(subscriptions.Check(email=ANNA))
