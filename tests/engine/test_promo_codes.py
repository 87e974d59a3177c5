"""Promo codes: each is handed out once, whoever asks and however many ask at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from app.database import Database
from app.engine.store.db import Circumstances, Db
from app.engine.store.promo_codes import PromoCode, PromoList, hand_out, queue_to_take_from
from app.engine.store.shops import shop_of
from app.rees46.errors import NotAllowed, NotFound, Refused
from app.rees46.promo_codes import Delete, Fetch, Lists, Purge, Upload
from tests.engine.asking import ON_SQLITE, SHOP
from tests.forks import FORKS, started


@pytest.fixture(autouse=True)
def _lists(database, settings):
    """Lists 7 and 8 of the shop, which gives a device its code again from 8; list 7 of the other shop."""
    with database.writing() as db:
        for name, number, is_sticky in ((SHOP, "7", False), (SHOP, "8", True), ("other", "7", False)):
            db.at = Circumstances(shop_of(db, name), settings)
            db.add(PromoList(shop_id=db.shop.id, number=number, name=f"{name} {number}", is_sticky=is_sticky))


@pytest.fixture
def left(shop):
    """What is left of a list."""
    return lambda number="7": next(found.available for found in shop.send(Lists()) if found.id == number)


def fetch(client, number="7", **who):
    return client.send(Fetch(id=number, **who)).code


def test_codes_come_in_the_order_of_their_upload_and_then_no_more(shop, left):
    shop.send(Upload(id="7", codes=["C", "A", "B"]))
    assert [fetch(shop) for _ in range(3)] == ["C", "A", "B"]
    assert left() == 0
    with pytest.raises(NotFound, match="used up"):
        fetch(shop)


def test_codes_that_the_list_has_or_had_are_left_out(shop, left):
    shop.send(Upload(id="7", codes=["A", "B", " A "]))
    fetch(shop)
    shop.send(Upload(id="7", codes=["A", "B", "C", "C"]))
    assert left() == 2
    assert [fetch(shop), fetch(shop)] == ["B", "C"]


def test_thousands_of_codes_are_uploaded_at_once(shop, left):
    shop.send(Upload(id="7", codes=["N1500"]))
    shop.send(Upload(id="7", codes=[f"N{number}" for number in range(3000)]))
    assert left() == 3000
    assert fetch(shop) == "N1500"


def test_numbers_are_codes_too(shop):
    shop.send(Upload.parse({"id": 7, "codes": [100, "200"]}))
    assert [fetch(shop), fetch(shop)] == ["100", "200"]


def test_a_list_that_is_not_there_is_told_apart_from_one_that_is_empty(shop):
    with pytest.raises(NotFound, match="no such list"):
        fetch(shop, "999")
    with pytest.raises(NotFound, match="no such list"):
        shop.send(Upload(id="999", codes=["A"]))
    with pytest.raises(NotFound, match="used up"):
        fetch(shop)


def test_an_upload_without_codes_is_not_found_as_the_reference_has_it(shop):
    with pytest.raises(NotFound, match="empty"):
        shop.send(Upload(id="7", codes=[]))


def test_one_bad_code_keeps_all_of_them_out(shop, wire, left):
    body = {"shop_id": SHOP, "shop_secret": "shop-secret", "id": "7", "codes": ["A", "", "B"]}
    assert wire.post("/promo_codes", json=body).status_code == 400
    assert wire.post("/promo_codes", json=body | {"codes": ["A", "x" * 256]}).status_code == 400
    assert wire.post("/promo_codes", json=body | {"codes": ["A", ["B"]]}).status_code == 400
    assert left() == 0


def test_every_encoding_of_an_upload_does_the_same(wire, left):
    keys = "shop_id=shop&shop_secret=shop-secret&id=7"
    wire.post(f"/promo_codes?{keys}&codes=A,B")
    wire.post(
        "/promo_codes", data=f"{keys}&codes[0]=B&codes%5B1%5D=C", content_type="application/x-www-form-urlencoded"
    )
    wire.post(f"/promo_codes?{keys}", json={"codes": ["C", "D"]})
    wire.post("/promo_codes", data=f'{keys}&codes=["E"]', content_type="application/x-www-form-urlencoded")
    assert left() == 5


def test_lists_are_told_with_numbers_as_the_reference_prints_them(wire):
    answer = wire.get("/promo_codes?shop_id=shop&shop_secret=shop-secret")
    assert answer.json == [
        {"id": 7, "name": "shop 7", "available": 0},
        {"id": 8, "name": "shop 8", "available": 0},
    ]


def test_a_shop_neither_sees_nor_spends_the_codes_of_another(shop, other_shop):
    other_shop.send(Upload(id="7", codes=["THEIRS"]))
    assert [found.name for found in other_shop.send(Lists())] == ["other 7"]
    with pytest.raises(NotFound):
        fetch(shop)
    assert fetch(other_shop) == "THEIRS"


def test_a_device_fetches_without_the_secret_and_nobody_else_does(sdk, shop):
    shop.send(Upload(id="7", codes=["A"]))
    with pytest.raises(NotAllowed):
        fetch(sdk)
    assert fetch(sdk, did="phone-1") == "A"


def test_a_device_gets_a_new_code_each_time_unless_the_list_is_sticky(sdk, shop):
    shop.send(Upload(id="7", codes=["A", "B"]))
    shop.send(Upload(id="8", codes=["A", "B", "C"]))
    assert [fetch(sdk, did="phone-1"), fetch(sdk, did="phone-1")] == ["A", "B"]
    assert [fetch(sdk, "8", did="phone-1"), fetch(sdk, "8", did="phone-1")] == ["A", "A"]
    assert fetch(sdk, "8", did="phone-2") == "B"
    assert fetch(shop, "8", did="phone-1") == "C"


def test_who_got_a_code_is_written_down(shop, db):
    shop.send(Upload(id="7", codes=["A", "B"]))
    fetch(shop, did="phone-1", seance="visit-1", email="anna@shop.local")
    got, free = db.scalars(select(PromoCode).order_by(PromoCode.place))
    assert (got.did, got.seance, got.email) == ("phone-1", "visit-1", "anna@shop.local")
    assert got.fetched is not None
    assert (free.did, free.fetched) == (None, None)


def test_looking_at_the_head_of_a_fetch_spends_nothing(wire, shop, left):
    shop.send(Upload(id="7", codes=["A"]))
    assert wire.head("/promo_codes/fetch?shop_id=shop&shop_secret=shop-secret&id=7").status_code == 405
    assert left() == 1


def test_sixty_four_people_at_once_get_sixty_four_codes(shop):
    shop.send(Upload(id="7", codes=[f"N{number}" for number in range(60)]))
    with ThreadPoolExecutor(64) as people:
        got = list(people.map(lambda _: one_or_none(shop), range(64)))
    assert got.count(None) == 4
    assert sorted(code for code in got if code) == sorted(f"N{number}" for number in range(60))


def one_or_none(client):
    try:
        return fetch(client)
    except Refused:
        return None


def fetch_fifty(settings, handed_out):
    database = Database(settings.box_database, Db)
    for _ in range(50):
        with database.writing() as db:
            db.at = Circumstances(shop_of(db, SHOP), settings)
            code = hand_out(db, queue_to_take_from(db, "7"), {"did": None, "seance": None, "email": None})
        handed_out.put(code)


def test_processes_at_once_never_get_the_same_code(shop, settings, left):
    shop.send(Upload(id="7", codes=[f"N{number}" for number in range(120)]))
    handed_out = FORKS.Queue()
    with started(fetch_fifty, *[(settings, handed_out)] * 2):
        got = [handed_out.get(timeout=60) for _ in range(100)]
    assert len(got) == len(set(got)) == 100
    assert left() == 20


def test_an_upload_while_codes_are_fetched_loses_none(shop, left):
    shop.send(Upload(id="7", codes=[f"A{number}" for number in range(20)]))
    with ThreadPoolExecutor(8) as people:
        uploads = [people.submit(shop.send, Upload(id="7", codes=[f"B{number}"])) for number in range(20)]
        got = list(people.map(lambda _: one_or_none(shop), range(20)))
        for upload in uploads:
            upload.result()
    assert None not in got
    assert len(set(got)) == 20
    assert left() == 20


def test_what_is_left_of_a_list_is_thrown_away_and_new_codes_come_after_what_was_handed_out(shop, left):
    shop.send(Upload(id="7", codes=["A", "B", "C"]))
    assert fetch(shop) == "A"
    shop.send(Purge(id="7"))
    assert left() == 0
    shop.send(Purge(id="7"))
    shop.send(Upload(id="7", codes=["A", "B", "D"]))  # A was handed out, and stays so
    assert [fetch(shop), fetch(shop), left()] == ["B", "D", 0]


def test_deleted_codes_are_gone_and_the_others_keep_their_order(shop, left):
    shop.send(Upload(id="7", codes=["A", "B", "C", "D", "E"]))
    assert fetch(shop) == "A"
    counted = shop.send(Delete(promo_code_list_id="7", codes=["A", "C", "E", "E", "Z"]))
    assert (counted.deleted_count, counted.not_found_count) == (3, 1)
    assert left() == 2
    shop.send(Upload(id="7", codes=["F", "C"]))
    assert [fetch(shop) for _ in range(4)] == ["B", "D", "F", "C"]
    with pytest.raises(NotFound, match="used up"):
        fetch(shop)


def test_thousands_of_codes_are_deleted_at_once(shop, left):
    shop.send(Upload(id="7", codes=[f"N{number}" for number in range(3000)]))
    gone = [f"N{number}" for number in range(0, 3000, 2)]
    assert shop.send(Delete(promo_code_list_id="7", codes=gone)).deleted_count == 1500
    assert [left(), fetch(shop), fetch(shop)] == [1500, "N1", "N3"]


def test_codes_are_deleted_from_one_list_only_and_with_the_secret(shop, other_shop, sdk, left):
    shop.send(Upload(id="7", codes=["A"]))
    shop.send(Upload(id="8", codes=["A"]))
    with pytest.raises(NotAllowed):
        sdk.send(Purge(id="7"))
    other_shop.send(Purge(id="7"))
    shop.send(Delete(promo_code_list_id="8", codes=["A"]))
    assert (left("7"), left("8")) == (1, 0)
    with pytest.raises(NotFound, match="no such list"):
        shop.send(Purge(id="999"))
    with pytest.raises(NotFound, match="no such list"):
        shop.send(Delete(promo_code_list_id="999", codes=["A"]))


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({}, ["7", "8"]),
        ({"limit": 1}, ["7"]),
        ({"limit": 1, "offset": 1}, ["8"]),
        ({"active": True}, ["8"]),
        ({"active": False}, ["7", "8"]),
        ({"exclude": ["7", "9"]}, ["8"]),
        ({"include": ["7"]}, ["7"]),
    ],
)
@ON_SQLITE
def test_lists_are_chosen_by_their_ids_and_by_what_is_left(shop, asked, numbers):
    shop.send(Upload(id="8", codes=["A"]))
    assert [found.id for found in shop.send(Lists(**asked))] == numbers
