"""Communications: logged, read back, and edited field by field."""

import pytest

from app.rees46 import communications
from app.rees46.errors import NotFound

ANNA, BORIS = "anna@example.com", "boris@example.com"
CALL = {
    "channel": "phone",
    "event": "incoming",
    "location_id": "NY",
    "call_type": "question",
    "call_theme": "delivery",
    "subject_appeal": "late",
    "comment": "Where is my order?",
    "author_type": "operator",
    "status": "open",
}


@pytest.fixture
def log(shop):
    return lambda email=ANNA, **said: shop.send(communications.Save(email=email, **CALL | said)).id


@pytest.fixture
def read(shop):
    return lambda **who: shop.send(communications.Read(**who))


def test_a_communication_is_read_back_as_it_was_logged(log, read):
    number = log()
    (call,) = read(email=ANNA)
    assert call.id == number
    assert call.model_dump(include=set(CALL)) == CALL
    assert len(call.date) == len("2020-09-24 14:42:36")


def test_only_the_last_twenty_are_read_newest_first(log, read):
    for number in range(23):
        log(comment=f"Call {number}")
    assert [call.comment for call in read(email=ANNA)] == [f"Call {number}" for number in range(22, 2, -1)]


def test_logging_a_call_of_somebody_unknown_makes_them(shop, read, keeper):
    shop.send(communications.Save(phone="+7 999 111-22-33", did="d1", **CALL))
    assert len(read(phone="79991112233")) == len(read(did="d1")) == 1
    assert keeper.profile(did="d1").phone == "79991112233"


def test_somebody_unknown_has_no_communications(read):
    assert read(email=ANNA) == []


def test_the_subtheme_may_be_left_out_and_the_rest_may_not(wire):
    said = {"shop_id": "shop", "shop_secret": "shop-secret", "email": ANNA, **CALL}
    del said["subject_appeal"]
    assert wire.post("/crm/client_calls", json=said).status_code == 200
    del said["comment"]
    answer = wire.post("/crm/client_calls", json=said)
    assert (answer.status_code, answer.json["payload"]["message"]) == (400, "comment: Field required")


def test_editing_changes_only_what_is_sent(shop, log, read):
    number = log()
    edited = shop.send(communications.Edit(id=number, email=ANNA, status="closed"))
    assert edited.model_dump(include=set(CALL)) == CALL | {"status": "closed"}
    assert read(email=ANNA)[0].status == "closed"


def test_an_unknown_id_and_one_of_another_customer_are_not_found(shop, log, keeper):
    number = log()
    keeper.save(email=BORIS)
    for wrong in ({"id": number, "email": BORIS}, {"id": "999999", "email": ANNA}, {"id": "x", "email": ANNA}):
        with pytest.raises(NotFound):
            shop.send(communications.Edit(**wrong, status="closed"))
        with pytest.raises(NotFound):
            shop.send(communications.ReadOne(**wrong))


def test_one_communication_is_read_by_its_id(shop, log):
    log(comment="first")
    number = log(comment="second")
    assert [call.comment for call in shop.send(communications.ReadOne(id=number, email=ANNA))] == ["second"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", "/crm/client_calls/{}"),
        ("PUT", "/crm/client_calls/{}"),
        ("POST", "/crm/client_calls/{}"),
        ("PATCH", "/crm/client_calls?ID={}"),
        ("PATCH", "/crm/client_calls?id={}"),
    ],
)
def test_the_id_may_stand_in_the_path_or_among_the_parameters(wire, log, read, method, path):
    number = log()
    answer = wire.open(
        path.format(number),
        method=method,
        json={
            "shop_id": "shop",
            "shop_secret": "shop-secret",
            "email": ANNA,
            "status": "closed",
        },
    )
    assert answer.status_code == 200
    assert read(email=ANNA)[0].status == "closed"


def test_communications_of_another_shop_do_not_exist(other_shop, log):
    number = log()
    with pytest.raises(NotFound):
        other_shop.send(communications.ReadOne(id=number, email=ANNA))
