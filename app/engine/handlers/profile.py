"""Profiles: saved, read, and given another address."""

from __future__ import annotations

from sqlalchemy import select

from app.engine.answers import Refusal, answers
from app.engine.store import do_not_use
from app.engine.store.contacts import address
from app.engine.store.customers import Customer, Identity
from app.engine.store.db import Db
from app.engine.store.orders import Order, orders_of
from app.engine.store.people import attach, drop_key, find, identified
from app.engine.store.profiles import describe
from app.rees46 import profile
from app.rees46.replies import Done

MOST_ORDERS = 100
SAME_NAMED = (
    "first_name", "last_name", "email", "phone", "fb_id", "vk_id", "loyalty_card_location", "loyalty_status",
    "loyalty_bonuses", "loyalty_bonuses_to_next_level", "gender", "location", "age", "bought_something", "tags",
    "custom_properties",
)  # fmt: skip


@answers
def save(db: Db, op: profile.Set) -> Done:
    """Save what is known of a customer, who is made if unknown."""
    describe(identified(db, op.who()), op, op.custom())
    return Done()


@answers
def read(db: Db, op: profile.Read) -> profile.Profile | profile.AnonymousProfile:
    """Give the whole profile to who has the secret; a device alone learns nothing that names its owner."""
    if not db.at.caller.has_secret:
        if not op.did:
            raise Refusal(403, "Invalid secret key")
        return _anonymous(find(db, {"did": op.did}))
    customer = find(db, op.who())
    if customer is None:
        raise Refusal(404, "Profile not found")
    return _whole(db, customer)


@answers
def force_change_email(db: Db, op: profile.ForceChangeEmail) -> Done:
    """Give a customer another address; whoever else has it loses it."""
    old, new = address(op.old_email), address(op.new_email)
    customer = _by_address(db, old)
    if customer is None:
        raise Refusal(404, "Profile with `old_email` not found")
    if do_not_use.BOUNCED in do_not_use.reasons(db, [new]).get(new, ()):
        raise Refusal(400, "new_email: the address bounced and was purged for ever")
    if old == new:
        return Done()
    other = _by_address(db, new)
    if other and other is not customer:
        drop_key(db, other, "email", new)
    drop_key(db, customer, "email", old)
    attach(db, customer, {"email": new})
    return Done()


def _by_address(db: Db, email: str) -> Customer | None:
    known = select(Identity.customer_id).where(
        Identity.shop_id == db.shop.id, Identity.kind == "email", Identity.value == email
    )
    owner = db.scalar(known)
    return db.get(Customer, owner, with_for_update=True) if owner else None


def _anonymous(customer: Customer | None) -> profile.AnonymousProfile:
    if customer is None:
        return profile.AnonymousProfile()
    return profile.AnonymousProfile(
        gender=customer.gender,
        children=[{"gender": kid.get("gender")} for kid in customer.kids],
        has_email=customer.email is not None,
        bought_something=bool(customer.bought_something),
    )


def _whole(db: Db, customer: Customer) -> profile.Profile:
    return profile.Profile(
        **{name: getattr(customer, name) for name in SAME_NAMED},
        birthday=customer.birthday.isoformat() if customer.birthday else None,
        telegram_id=customer.main("telegram_id"),
        loyalty_id=customer.main("loyalty_id"),
        additional_phones=customer.additional("phone"),
        additional_emails=customer.additional("email"),
        additional_loyalty_ids=customer.additional("loyalty_id"),
        orders=[_order(order) for order in orders_of(db, customer.id, MOST_ORDERS)],
    )


def _order(order: Order) -> profile.Order:
    items = [
        profile.OrderItem(id=item.product, price=item.price, name=item.name, quantity=item.quantity)
        for item in order.items
    ]
    return profile.Order(id=order.number, value=order.total, status=order.status, items=items)
