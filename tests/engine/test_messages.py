"""Messages: the cheapest channel that reaches the customer, in their language, and never against their no."""

import pytest
from sqlalchemy import func, select

from app.engine.store.campaigns import Campaign, Template
from app.engine.store.customers import Customer
from app.engine.store.db import Circumstances
from app.engine.store.devices import PushToken, device_of
from app.engine.store.identity import found_or_made
from app.engine.store.messages import Message
from app.engine.store.shops import shop_of
from app.rees46.errors import NotFound, Refused
from app.rees46.messages import Multi, Sms
from tests.engine.asking import ON_SQLITE, SECRET, SHOP

ANNA, PHONE = "anna@shop.local", "79990000001"
PARTS = {
    "web_push": {"title": "Hi {{ name }}", "body": "web", "url": "https://shop.test/{{ id }}"},
    "mobile_push": {"title": "Hi {{ name }}", "body": "app", "event": "custom", "uri": "order/{{ id }}"},
    "email": {"subject": "Hi {{ name }}", "html": "<p>{{ name }}</p>"},
    "sms": {"text": "Hi {{ name }}{% if id %}, {{ id }}{% endif %}"},
}
RUSSIAN = {
    "email": {"subject": "Привет, {{ name }}", "html": "<p>{{ name }}</p>"},
    "sms": {"text": "Привет, {{ name }}"},
}


@pytest.fixture(autouse=True)
def _campaigns(database):
    """An SMS campaign and a multi-channel one, both called `hello`; a broken one; one by e-mail alone."""
    with database.writing() as db:
        shop = shop_of(db, SHOP).id
        add(db, shop, "sms", "hello", {"sms": PARTS["sms"]})
        add(db, shop, "multi", "hello", PARTS)
        add(db, shop, "multi", "broken", {"email": {"subject": "x", "html": "\n{% nonsense %}"}})
        add(db, shop, "multi", "letter", {"email": PARTS["email"]})


def add(db, shop, kind, code, parts):
    of_shop = {"shop_id": shop}
    templates = [Template(**of_shop, channel=name, language="en", parts=said) for name, said in parts.items()]
    templates += [
        Template(**of_shop, channel=name, language="ru", parts=RUSSIAN[name]) for name in parts if name in RUSSIAN
    ]
    campaign = Campaign(**of_shop, kind=kind, code=code, name=code, created=db.now, templates=templates)
    db.add(campaign)


@pytest.fixture
def multi(shop, database):
    """Send `hello` and give what was delivered, as (channel, recipient)."""

    def send(code="hello", **said):
        sent = shop.send(Multi(code=code, variables=said.pop("variables", {"name": "Anna"}), **said))
        return [(message.channel, message.recipient) for message in delivered(database, sent.code)]

    return send


def delivered(database, code):
    with database.reading() as db:
        return db.scalars(select(Message).where(Message.code == code).order_by(Message.id)).all()


@pytest.fixture
def give_token(database, settings):
    """Give a customer a device with a push token."""

    def give(kind, **who):
        with database.writing() as db:
            db.at = Circumstances(shop_of(db, SHOP), settings)
            customer = found_or_made(db, who | {"did": f"{kind}-device"})
            device = device_of(db, f"{kind}-device")
            of_shop = {"shop_id": customer.shop_id, "device_id": device.id, "created": db.now}
            db.add(PushToken(**of_shop, kind=kind, platform="ios", token=f"{kind}-token"))

    return give


def test_an_sms_is_rendered_and_kept_as_it_was_sent(shop, database):
    sent = shop.send(Sms(code="hello", phone="8 (999) 000-00-01", variables={"name": "Анна", "id": 5}))
    (message,) = delivered(database, sent.code)
    assert message.parts == {"text": "Hi Анна, 5"}
    assert (message.channel, message.recipient, message.kind) == ("sms", PHONE, "transactional")


def test_the_cheapest_channel_that_reaches_the_customer_is_taken(multi, give_token, keeper):
    keeper.save(email=ANNA, phone=PHONE)
    assert multi(email=ANNA) == [("email", ANNA)]
    give_token("mobile", email=ANNA)
    assert multi(email=ANNA) == [("mobile_push", "mobile-token")]
    give_token("web", email=ANNA)
    assert multi(email=ANNA) == [("web_push", "web-token")]


def test_a_new_address_in_the_call_is_used_but_not_one_that_is_somebody_elses(multi, keeper):
    keeper.save(email=ANNA, phone=PHONE)
    keeper.save(phone="79990000002")
    keeper.manage(email=ANNA, email_transactional=False)
    assert multi(email=ANNA, phone="79990000003") == [("sms", "79990000003")]
    assert multi(email=ANNA, phone="79990000002") == [("sms", PHONE)]


def test_without_an_address_an_sms_is_sent(multi):
    assert multi(phone="+7 999 000-00-01") == [("sms", PHONE)]


def test_everywhere_means_everywhere_but_by_sms(multi, give_token, keeper):
    keeper.save(email=ANNA, phone=PHONE)
    give_token("web", email=ANNA)
    assert multi(email=ANNA, send_everywhere=True) == [("web_push", "web-token"), ("email", ANNA)]
    with pytest.raises(Refused, match="nothing was sent"):
        multi(phone="79990000009", send_everywhere=True)


def test_a_no_to_transactional_messages_is_respected_and_silence_is_no_no(multi, keeper):
    keeper.manage(email=ANNA, phone=PHONE, email_transactional=False, email_bulk=True)
    assert multi(email=ANNA) == [("sms", PHONE)]
    keeper.manage(email=ANNA, sms_transactional=False)
    with pytest.raises(Refused, match="email: unsubscribed; sms: unsubscribed"):
        multi(email=ANNA)
    keeper.manage(email="new@shop.local", email_bulk=False)
    assert multi(email="new@shop.local") == [("email", "new@shop.local")]


@pytest.mark.parametrize("event", ["complained", "blacklisted"])
def test_nothing_goes_to_an_address_that_must_not_be_used(multi, keeper, event):
    keeper.save(email=ANNA, phone=PHONE)
    keeper.callback(ANNA, event)
    assert multi(email=ANNA) == [("sms", PHONE)]
    with pytest.raises(Refused, match="email"):
        multi("letter", email=ANNA)


def test_a_purged_address_gets_nothing_and_nobody_is_made_of_it(multi, keeper):
    keeper.callback(ANNA, "hard_bounced")
    with pytest.raises(Refused, match="purged"):
        multi(email=ANNA)
    assert not keeper.knows(email=ANNA)
    assert multi(email=ANNA, phone=PHONE) == [("sms", PHONE)]


def test_an_unknown_person_is_made(multi, shop, keeper):
    multi(email="new@shop.local")
    shop.send(Sms(code="hello", phone="79990000007", variables={}))
    assert keeper.knows(email="new@shop.local")
    assert keeper.knows(phone="79990000007")


def test_what_is_refused_leaves_nobody_behind(shop, multi, keeper, database):
    for code, who in (("unknown", {"email": "a@b.cc"}), ("broken", {"email": "b@b.cc"}), ("letter", {"phone": PHONE})):
        with pytest.raises(Refused):
            multi(code, **who)
    with database.reading() as db:
        assert db.scalar(select(func.count()).select_from(Message)) == 0
        assert db.scalar(select(func.count()).select_from(Customer)) == 0


def test_campaigns_of_the_two_kinds_have_codes_of_their_own(shop, multi):
    with pytest.raises(NotFound):
        shop.send(Sms(code="letter", phone=PHONE, variables={}))
    with pytest.raises(NotFound):
        multi("nothing", email=ANNA)


def test_campaigns_of_another_shop_are_unknown(other_shop):
    with pytest.raises(NotFound):
        other_shop.send(Multi(code="hello", email=ANNA, variables={}))


def test_the_language_is_the_customers_where_there_is_a_template_in_it(shop, keeper, database, give_token):
    keeper.save(email=ANNA, language="ru")
    sent = shop.send(Multi(code="hello", email=ANNA, variables={"name": "Анна"}))
    assert delivered(database, sent.code)[0].parts["subject"] == "Привет, Анна"
    give_token("web", email=ANNA)
    sent = shop.send(Multi(code="hello", email=ANNA, variables={"name": "Анна"}))
    assert delivered(database, sent.code)[0].language == "en"


def test_a_name_with_markup_is_escaped_in_a_letter_and_told_as_it_is_in_an_sms(shop, database):
    name = "<b>Anna</b>"
    letter = shop.send(Multi(code="letter", email=ANNA, variables={"name": name})).code
    sms = shop.send(Sms(code="hello", phone=PHONE, variables={"name": name})).code
    assert delivered(database, letter)[0].parts["html"] == "<p>&lt;b&gt;Anna&lt;/b&gt;</p>"
    assert delivered(database, sms)[0].parts["text"] == "Hi <b>Anna</b>"


def test_a_variable_that_was_not_given_is_noted_unless_the_template_can_do_without(shop, database):
    sent = shop.send(Sms(code="hello", phone=PHONE, variables={}))
    assert delivered(database, sent.code)[0].missing == ["name"]


def test_a_broken_template_is_told_with_its_place(multi):
    with pytest.raises(Refused, match="email, line 2 of html: Unknown tag 'nonsense'"):
        multi("broken", email=ANNA)


@pytest.mark.parametrize(
    ("way", "mark"), [("/multi/transactional", ("status", "success")), ("/transact", ("success", True))]
)
def test_every_way_in_which_clients_send_is_taken(wire, way, mark):
    body = {"shop_id": SHOP, "shop_secret": SECRET, "code": "hello", "email": ANNA, "variables": {"name": "A"}}
    assert mark in wire.post(way, json=body).json.items()
    text = body | {"variables": '{"name": "A"}', "send_everywhere": "0"}
    assert wire.post(way, data=text).json["payload"]["code"]


def test_the_reference_says_get_and_that_works_too(wire):
    body = {"shop_id": SHOP, "shop_secret": SECRET, "code": "hello", "phone": PHONE, "variables": {"name": "A"}}
    assert wire.get("/sms/transactional", json=body).status_code == 200
    assert wire.get("/multi/transactional", query_string=body | {"variables": '{"name":"A"}'}).status_code == 200
    assert wire.head("/sms/transactional", json=body).status_code == 405


@ON_SQLITE
@pytest.mark.parametrize(
    "wrong",
    [
        {"variables": "x"},
        {"variables": [1]},
        {"variables": None},
        {"phone": "call me"},
        {"phone": ""},
        {"code": ""},
        {"code": "x" * 256},
        {"variables": {"a": "\x00"}},
    ],
)
def test_what_makes_no_sense_is_refused(wire, wrong):
    body = {"shop_id": SHOP, "shop_secret": SECRET, "code": "hello", "phone": PHONE, "variables": {}} | wrong
    assert wire.post("/sms/transactional", json=body).status_code == 400
