"""Orders of the loyalty programme: promotions, bonuses and certificates, reserved, spent and given back."""

from datetime import timedelta

import pytest

from app.engine.store.loyalty_certificates import CertificatePool
from app.engine.store.loyalty_members import ReferralCode, ReferralProgram
from app.engine.store.loyalty_orders import StickerCampaign
from app.engine.store.loyalty_promos import LoyaltyPromotion
from app.engine.store.shops import shop_of
from app.rees46 import loyalty_bonuses as bonuses
from app.rees46 import loyalty_certificates as certificates
from app.rees46 import loyalty_checkout as checkout
from app.rees46 import loyalty_members as members
from app.rees46 import loyalty_promos as promos
from app.rees46 import loyalty_stickers as stickers
from app.rees46.errors import NotFound, Refused
from tests.engine.asking import ON_SQLITE, SHOP

ANN, BOB = "79001112233", "79001112244"
CART = [{"product_id": "S1", "price": 1000, "quantity": 2}, {"product_id": "S2", "price": 500, "quantity": 1}]


@pytest.fixture
def furnished(database, shop):
    """A shop with two members, promotions, a pool of certificates, referrals and stickers."""
    with database.writing() as db:
        of = {"shop_id": shop_of(db, SHOP).id}
        ten = {"amount_type": "percentage", "amount_value": 10}
        only = {"include_products": [{"sku": {"values": "S1", "operator": "in"}}]}
        db.add_all(
            [
                LoyaltyPromotion(**of, name="10 %", reward_type="discount", rules=ten | only),
                LoyaltyPromotion(
                    **of, name="A code", reward_type="discount", promo_code="A", rules=ten | {"amount_value": 50}
                ),
                LoyaltyPromotion(
                    **of,
                    name="At night",
                    reward_type="discount",
                    from_time="23:00",
                    to_time="23:30",
                    rules=ten | {"amount_value": 90},
                ),
                LoyaltyPromotion(**of, name="Back", reward_type="bonuses_earn", members_only=True, rules=ten),
                CertificatePool(**of, code="GIFT", name="Gift", nominal=700.0, is_flexible=True, most=1000.0, days=10),
                ReferralProgram(**of, number=1, reward_percent=5.0),
                ReferralCode(**of, program=1, identifier=BOB, code="BOBS"),
                StickerCampaign(**of, number=2, code="s", name="S", status="active", for_each=1000.0),
            ]
        )
    for phone in (ANN, BOB):
        shop.send(members.Join(phone=phone))
    shop.send(bonuses.Reward(identifier=ANN, event="welcome", amount=300))
    return shop


def active(shop, who=ANN):
    return shop.send(bonuses.ReadBalance(identifier=who)).active


def estimate(shop, **said):
    return shop.send(checkout.Estimate(**{"cart_items": CART, "current_time": "12:00"} | said))


def apply(shop, number="A-1", **said):
    common = {"cart_items": CART, "identifier": ANN, "current_time": "12:00", "order_id": number}
    return shop.send(checkout.Apply(**common | said))


@pytest.mark.parametrize(
    ("said", "to_pay", "bonuses_back"),
    [
        ({}, 2300, 0),  # of S1 only
        ({"identifier": ANN}, 2300, 230),
        ({"promo_codes": ["A"]}, 1250, 0),  # the better one for each
        ({"current_time": "23:10"}, 250, 0),
        ({"identifier": ANN, "charge_bonuses": True}, 2000, 200),
        ({"identifier": ANN, "charge_bonuses": True, "bonuses_amount": 100}, 2200, 220),
        ({"cart_items": [CART[0] | {"discountable": False, "rewardable": False}], "identifier": ANN}, 2000, 0),
        ({"cart_items": [CART[0] | {"bonusable": False}], "identifier": ANN, "charge_bonuses": True}, 1800, 180),
    ],
)
@ON_SQLITE
def test_an_estimate_takes_the_best_for_each_product_and_keeps_nothing(furnished, said, to_pay, bonuses_back):
    told = estimate(furnished, **said)
    assert (told.order_to_pay, told.bonuses_reward) == (to_pay, bonuses_back)
    assert told.saved_total == told.order_total - to_pay
    assert active(furnished) == 300


@pytest.mark.parametrize(
    "said",
    [
        {"cart_items": [CART[0], CART[0]]},
        {"charge_bonuses": True},
        {"charge_bonuses": True, "identifier": "79990000000"},
    ],
)
@ON_SQLITE
def test_what_cannot_be_worked_out_is_refused(furnished, said):
    with pytest.raises(Refused) as refused:
        estimate(furnished, **said)
    assert refused.value.status == 400


def test_an_order_spends_at_once_and_brings_when_it_is_confirmed(furnished):
    for _ in range(2):
        apply(furnished, charge_bonuses=True)
        assert active(furnished) == 0
    assert furnished.send(bonuses.ReadBalance(identifier=ANN)).pending == 200
    for _ in range(2):
        furnished.send(checkout.Confirm(order_id="A-1"))
        assert active(furnished) == 200
    assert furnished.send(stickers.Balance(identifier=ANN))[0].amount == 2
    assert [one.issued_by_order for one in furnished.send(stickers.History(identifier=ANN))] == ["A-1", "A-1"]
    with pytest.raises(Refused, match="current status"):
        furnished.send(checkout.Cancel(order_id="A-1"))
    with pytest.raises(Refused, match="current status"):
        apply(furnished)


def test_an_order_that_is_given_up_gives_everything_back(furnished):
    code = furnished.send(certificates.Create(identifier=ANN, code="GIFT", nominal=1000)).certificate.code
    furnished.send(certificates.Activate(code=code, owner_name="Ann"))
    told = apply(furnished, charge_bonuses=True, certificates=[code, "NONE"])
    assert (told.saved_by_certificates, told.certificates_failed[0].code) == (1000, "NONE")
    furnished.send(checkout.Cancel(order_id="A-1"))
    assert active(furnished) == 300
    happened = furnished.send(certificates.Transactions(code=code))
    assert happened.certificate.balance == 1000
    assert [transaction.amount for transaction in happened.transactions] == [1000, 0, -1000, 1000]
    with pytest.raises(Refused, match="current status"):
        furnished.send(checkout.Confirm(order_id="A-1"))


def test_a_part_that_comes_back_is_worked_out_anew(furnished):
    apply(furnished)
    furnished.send(checkout.Confirm(order_id="A-1"))
    told = furnished.send(checkout.Change(order_id="A-1", cart_items=[CART[0] | {"quantity": 1}]))
    assert (told.order_to_pay, told.order_total_change) == (900, -1400)
    assert active(furnished) == 300 + 90
    assert furnished.send(checkout.Details(order_id="A-1")).order_to_pay == 900
    with pytest.raises(Refused, match="more than"):
        furnished.send(checkout.Change(order_id="A-1", cart_items=CART))


@ON_SQLITE
def test_a_friends_code_brings_bonuses_to_the_friend(furnished):
    told = apply(furnished, promo_codes=["BOBS", "NO"])
    assert (told.referrer_identifier, told.promo_codes, told.promo_codes_failed[0].code) == (BOB, ["BOBS"], "NO")
    furnished.send(checkout.Confirm(order_id="A-1"))
    assert active(furnished, BOB) == 115


@ON_SQLITE
def test_orders_of_a_member_are_listed_and_unknown_ones_are_not_found(furnished):
    apply(furnished)
    (order,) = furnished.send(checkout.History(identifier=ANN))
    assert (order.id, order.status, order.total, order.items[0].price) == ("A-1", "applied", 2300, 900)
    for unknown in (checkout.Details(order_id="X"), checkout.Confirm(order_id="X")):
        with pytest.raises(NotFound, match="Order X not found"):
            furnished.send(unknown)


@ON_SQLITE
def test_promotions_are_listed_all_those_of_a_person_and_those_of_a_cart(furnished, sdk):
    def names(found):
        return [one.name for one in found]

    assert names(furnished.send(promos.List())) == ["10 %", "A code", "At night", "Back"]
    who = {"did": "x", "seance": "y", "current_time": "12:00"}
    assert names(sdk.send(promos.ForClient(**who))) == ["10 %"]
    assert names(sdk.send(promos.ForClient(**who, promo_codes=["A"]))) == ["10 %", "A code"]
    cart = {"cart_items": CART[:1], "current_time": "12:00"}
    assert names(furnished.send(promos.Cart(identifier=ANN, **cart))) == ["10 %", "Back"]
    assert names(sdk.send(promos.Cart(did="x", **cart))) == ["10 %"]


def test_a_certificate_is_made_activated_blocked_and_stopped(furnished, db):
    made = furnished.send(certificates.Create(identifier=ANN, code="GIFT")).certificate
    assert (made.status, made.balance) == ("created", 700)
    steps = [
        (certificates.Activate(code=made.code, owner_identifier=BOB), "active"),
        (certificates.Block(code=made.code), "blocked"),
        (certificates.Unblock(code=made.code), "active"),
        (certificates.Deactivate(code=made.code), "deactivated"),
        (certificates.Balance(code=made.code), "deactivated"),
    ]
    for step, status in steps:
        assert furnished.send(step).certificate.status == status
    with pytest.raises(Refused):
        furnished.send(certificates.Unblock(code=made.code))
    assert [one.certificate.code for one in furnished.send(certificates.ByUser(identifier=BOB))] == [made.code]
    day = db.now.date()
    asked = {"code": "GIFT", "date_from": day - timedelta(days=1), "date_to": day}
    assert len(furnished.send(certificates.List(event="deactivated", **asked)).certificates) == 1
    with pytest.raises(Refused):
        furnished.send(certificates.Create(identifier=ANN, code="GIFT", nominal=5000))


@ON_SQLITE
def test_another_shop_sees_nothing_of_it(furnished, other_shop):
    apply(furnished)
    for foreign in (
        checkout.Details(order_id="A-1"),
        bonuses.ReadBalance(identifier=ANN),
        checkout.History(identifier=ANN),
    ):
        with pytest.raises(NotFound):
            other_shop.send(foreign)
