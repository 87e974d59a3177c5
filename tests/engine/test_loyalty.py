"""The loyalty programme: members, their codes, bonuses, stickers and paid subscriptions."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.engine.store.loyalty_members import ReferralProgram
from app.engine.store.loyalty_orders import PaidPlan
from app.engine.store.messages import Message
from app.engine.store.shops import shop_of
from app.rees46 import loyalty_bonuses as bonuses
from app.rees46 import loyalty_members as members
from app.rees46 import loyalty_subscriptions as subscriptions
from app.rees46 import profile
from app.rees46.errors import NotAllowed, NotFound, Refused
from tests.engine.asking import ON_SQLITE, SHOP

ANN = "79001112233"


@pytest.fixture
def ann(shop):
    shop.send(members.Join(phone="+7 900 111-22-33", email="ann@example.com", first_name="Ann"))
    return ANN


@pytest.fixture
def shop_has(database):
    """Give the shop something that only its cabinet could."""

    def add(kind, **about):
        with database.writing() as db:
            db.add(kind(shop_id=shop_of(db, SHOP).id, **about))

    return add


def balance(shop, **asked):
    told = shop.send(bonuses.ReadBalance(identifier=ANN, **asked))
    return told.active, told.pending, told.expiring


def test_who_joins_is_a_member_and_a_customer(shop, ann, keeper):
    told = shop.send(members.Status(identifier=ann))
    assert (told.member, told.level.name) == (True, None)
    assert keeper.profile(email="ann@example.com").first_name == "Ann"
    assert shop.send(members.Status(identifier="79990000000")).member is False


@ON_SQLITE
def test_who_leaves_keeps_the_bonuses(shop, ann):
    shop.send(bonuses.Reward(identifier=ann, event="welcome", amount=300))
    shop.send(members.Leave(identifier=ann))
    assert shop.send(members.Status(identifier=ann)).member is False
    assert balance(shop) == (300, 0, 0)
    with pytest.raises(NotFound, match="member is not found"):
        shop.send(members.Leave(identifier=ann))


@ON_SQLITE
def test_without_the_secret_a_device_learns_of_its_owner_only(shop, sdk, ann):
    shop.send(profile.Set(email="ann@example.com", did="anns-phone"))
    assert sdk.send(members.Status(identifier=ann, did="anns-phone")).member is True
    for asked in ({"identifier": "79990000000", "did": "anns-phone"}, {"identifier": ann, "did": "other"}):
        with pytest.raises(NotAllowed):
            sdk.send(members.Status(**asked))
    with pytest.raises(NotAllowed):
        sdk.send(bonuses.ReadBalance(identifier=ann))


def test_an_event_gives_bonuses_once_and_they_can_be_taken_back(shop, ann):
    given = shop.send(bonuses.Reward(identifier=ann, event="birthday", amount=300)).transaction_id
    with pytest.raises(Refused, match="already"):
        shop.send(bonuses.Reward(identifier=ann, event="birthday", amount=300))
    (movement,) = shop.send(bonuses.EventHistory(identifier=ann))
    assert (movement.id, movement.remaining_amount, movement.cancellable) == (given, 300, True)
    for _ in range(2):
        shop.send(bonuses.Cancel(identifier=ann, transaction_id=given))
    assert balance(shop) == (0, 0, 0)
    assert [one.status for one in shop.send(bonuses.History(identifier=ann))] == ["cancelled"]
    shop.send(bonuses.Reward(identifier=ann, event="birthday", amount=10))


@ON_SQLITE
def test_a_gift_of_somebody_else_cannot_be_taken_back(shop, ann):
    shop.send(members.Join(phone="79990000000"))
    given = shop.send(bonuses.Reward(identifier=ann, event="a", amount=5)).transaction_id
    with pytest.raises(NotFound):
        shop.send(bonuses.Cancel(identifier="79990000000", transaction_id=given))


@ON_SQLITE
def test_bonuses_end_and_the_balance_says_how_many_do_soon(shop, ann, db):
    soon = db.now.date() + timedelta(days=3)
    shop.send(bonuses.Reward(identifier=ann, event="short", amount=50, expire_in=soon))
    shop.send(bonuses.Reward(identifier=ann, event="long", amount=70))
    assert balance(shop) == (120, 0, 50)
    assert balance(shop, expire_in=soon - timedelta(days=1)) == (120, 0, 0)


@pytest.mark.parametrize(
    ("asked", "events"),
    [
        ({"limit": 1}, ["b"]),
        ({"offset": 1}, ["a"]),
        ({"status": "confirmed"}, ["b", "a"]),
        ({"status": "spent"}, []),
        ({"created_date_to": "2020-01-01"}, []),
        ({"created_date_from": "2020-01-01"}, ["b", "a"]),
    ],
)
@ON_SQLITE
def test_the_history_is_cut_by_status_and_days(shop, ann, asked, events):
    for event in ("a", "b"):
        shop.send(bonuses.Reward(identifier=ann, event=event, amount=5))
    assert [one.event for one in shop.send(bonuses.History(identifier=ann, **asked))] == events


@ON_SQLITE
def test_a_one_time_code_is_sent_by_sms_and_is_right_once(shop, db):
    shop.send(members.SendCode(identifier=ANN, event="pay"))
    text = db.scalar(select(Message.parts).where(Message.recipient == ANN))["text"]
    code = text.removeprefix("Your code: ")[:4]
    asked = {"identifier": ANN, "event": "pay"}
    with pytest.raises(Refused, match="not correct"):
        shop.send(members.CheckCode(**asked, code="no"))
    shop.send(members.CheckCode(**asked, code=code))
    with pytest.raises(Refused):
        shop.send(members.CheckCode(**asked, code=code))


@ON_SQLITE
def test_the_newest_qr_code_is_right(shop, ann):
    old, new = (shop.send(members.QrGet(identifier=ann)).code for _ in range(2))
    shop.send(members.QrCheck(code=new))
    if old != new:
        with pytest.raises(Refused):
            shop.send(members.QrCheck(code=old))


def test_a_member_has_one_code_for_others_in_each_programme(shop, ann, shop_has):
    with pytest.raises(NotFound):
        shop.send(members.ReferralJoin(identifier=ann, id=1))
    shop_has(ReferralProgram, number=1, description="Bring a friend")
    first, second = (shop.send(members.ReferralJoin(identifier=ann, id=1)).code for _ in range(2))
    assert first == second
    assert [one.code for one in shop.send(members.ReferralCodes(identifier=ann))] == [first]


def test_a_paid_plan_begins_lasts_longer_and_ends(shop, ann, shop_has, db):
    plan = {"code": "free", "name": "Free", "data_type": "boolean", "value": True}
    shop_has(PaidPlan, subscription="club", plan="year", benefits=[plan])
    who, today = {"identifier": ann, "subscription": "club"}, db.now.date()
    with pytest.raises(NotFound):
        shop.send(subscriptions.Prolong(**who, paid_till=today))
    until = {"paid_till": today + timedelta(days=9), "limits_reset_date": today}
    shop.send(subscriptions.Join(**who, plan="year", **until))
    told = shop.send(subscriptions.Status(**who))
    assert (told.member, [benefit.code for benefit in told.benefits]) == (True, ["free"])
    later = shop.send(subscriptions.Prolong(**who, paid_till=today + timedelta(days=99))).member
    assert later.paid_till == (today + timedelta(days=99)).isoformat()
    assert shop.send(subscriptions.Report(**who, depth=1))[0].orders == 0
    shop.send(subscriptions.Leave(**who))
    assert shop.send(subscriptions.Status(**who)).member is False
    assert [one.active for one in shop.send(subscriptions.Members(subscription="club"))] == [False]
