"""Telling customers of what they waited for: once, over the cheapest channel that reaches them."""

from __future__ import annotations

import secrets

from app.engine.jobs.registry import chore
from app.engine.messaging.trigger_templates import letter
from app.engine.store.campaigns import CHAIN, Campaign, campaign_of
from app.engine.store.customers import Customer
from app.engine.store.db import Caller, Circumstances, Db
from app.engine.store.messages import Message
from app.engine.store.products import Product, is_shown, product_of
from app.engine.store.reach import Reach, reach
from app.engine.store.shops import Shop
from app.engine.store.triggers import PRICE, STOCK, Trigger, take_due, unsubscribe

AT_ONCE = 20  # a transaction of so many holds others up for some 10 ms (decisions.md#pacing)
HALF_A_SECOND = 0.5
CAMPAIGNS = {PRICE: ("product_price_decrease", "Price drop"), STOCK: ("product_available", "Back in stock")}


@chore(every=HALF_A_SECOND)
def tell(db: Db) -> None:
    """Send some messages that are due. What is sent and that it is no longer waited for are one transaction."""
    told: set[tuple[str, int, str]] = set()  # two people who became one may wait twice
    for trigger in take_due(db, AT_ONCE):
        same = trigger.kind, trigger.customer_id, trigger.item_id
        if same in told:
            continue
        db.at = Circumstances(db.get_one(Shop, trigger.shop_id), db.info["settings"], Caller(has_secret=True))
        product = product_of(db, trigger.item_id)
        if product and _still_true(trigger, product) and _told(db, trigger, product):
            told.add(same)
        else:
            trigger.due = None  # it waits on: for the next time, or until a channel reaches the customer
        db.flush()


def _still_true(trigger: Trigger, product: Product) -> bool:
    """Look again: between the import and now another one may have raised the price or sold the last piece."""
    return is_shown(product) and (trigger.kind != PRICE or product.price < (trigger.price or 0))


def _told(db: Db, trigger: Trigger, product: Product) -> bool:
    customer = db.get_one(Customer, trigger.customer_id)
    way = next((way for way in reach(db, customer, {}, "chain") if way.recipient), None)
    if way is None:
        return False
    db.add(_message(db, trigger, product, customer, way))
    unsubscribe(db, trigger.kind, customer.id, [trigger.item_id])
    return True


def _message(db: Db, trigger: Trigger, product: Product, customer: Customer, way: Reach) -> Message:
    message = Message(
        shop_id=db.shop.id,
        code=secrets.token_hex(6),
        customer_id=customer.id,
        campaign_id=_campaign(db, trigger.kind).id,
        kind="chain",
        channel=way.channel,
        recipient=way.recipient,
        language="ru" if str(customer.custom_properties.get("language")).lower().startswith("ru") else "en",
        sent=db.now,
    )
    message.parts = letter(trigger.kind, message, product, product.currency or db.shop.currency)
    return message


def _campaign(db: Db, kind: str) -> Campaign:
    """Find the campaign to which the letters of a kind belong, or make it at the first of them."""
    code, name = CAMPAIGNS[kind]
    campaign = campaign_of(db, CHAIN, code)
    if campaign is None:
        campaign = Campaign(shop_id=db.shop.id, kind=CHAIN, code=code, name=name, created=db.now)
        db.add(campaign)
        db.flush()
    return campaign
