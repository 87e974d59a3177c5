"""What the demo shop sent in the last two weeks, by campaigns, chains and orders, and what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.engine.seed.keep import put
from app.engine.store.campaigns import Campaign
from app.engine.store.customers import Identity
from app.engine.store.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from random import Random

    from app.engine.store.db import Db

Row = dict[str, Any]
SHOP = "https://shop.example.com"
DAYS = 13
ALWAYS = ("anna.kowalska@example.com", "vera.sokolova@example.com")  # they get all of it

# kind, channel, code of the campaign, what it says
SENT: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    (
        "bulk",
        "email",
        "news",
        {"subject": "The winter service is open", "html": "<h1>The winter service is open</h1><p>Bring your bike.</p>"},
    ),
    ("bulk", "sms", "sale", {"text": f"Only today: everything for the rain at 20 % off. {SHOP}/sale"}),
    (
        "chain",
        "email",
        "welcome",
        {"subject": "You left something in the cart", "html": f'<p>It is <a href="{SHOP}/cart">still there</a>.</p>'},
    ),
    (
        "transactional",
        "email",
        "order_delivered",
        {"subject": "Your order is delivered", "html": "<h1>It is yours now</h1><p>Tell us how you like it.</p>"},
    ),
    ("transactional", "sms", "order_delivered", {"text": "Your order is delivered. How do you like it?"}),
    (
        "chain",
        "mobile_push",
        "sale",
        {
            "title": "Only today",
            "body": "Everything for the rain at 20 % off.",
            "uri": f"{SHOP}/sale",
            "image": f"{SHOP}/sale.png",
        },
    ),
)
CONTACTS = {"email": "email", "sms": "phone", "mobile_push": "email"}


def sends(db: Db, random: Random, number: int) -> None:
    """Send to the well-known customers, and to a number of others."""
    campaigns = {code: kept for kept, code in db.execute(_campaigns(db))}
    contacts: dict[int, dict[str, str]] = {}
    known = select(Identity).where(Identity.shop_id == db.shop.id, Identity.is_main).order_by(Identity.customer_id)
    for key in db.scalars(known.where(Identity.kind.in_(("email", "phone")))):
        contacts.setdefault(key.customer_id, {})[key.kind] = key.value
    always = [customer for customer, keys in contacts.items() if keys.get("email") in ALWAYS]
    others = [customer for customer in contacts if customer not in always]
    chosen = always + random.sample(others, min(number, len(others)))
    put(
        db,
        Message,
        (
            row | {"campaign_id": campaigns[campaign]} | _timed(db, random)
            for customer in chosen
            for campaign, row in _to(random, customer, contacts[customer], gets_all=customer in always)
        ),
    )


def _campaigns(db: Db) -> Any:
    return select(Campaign.id, Campaign.code).where(Campaign.shop_id == db.shop.id)


def _to(random: Random, customer: int, keys: dict[str, str], *, gets_all: bool) -> Iterator[tuple[str, Row]]:
    for place, (kind, channel, campaign, parts) in enumerate(SENT):
        recipient = keys.get(CONTACTS[channel])
        if recipient and (gets_all or random.random() < 0.4):
            yield (
                campaign,
                {
                    "code": f"seed-{customer}-{place}",
                    "customer_id": customer,
                    "kind": kind,
                    "channel": channel,
                    "recipient": recipient,
                    "language": "en",
                    "parts": parts,
                    "missing": [],
                },
            )


def _timed(db: Db, random: Random) -> Row:
    """Say when it was sent, and what became of it: most are opened, some clicked, a few bring an order."""
    sent: datetime = (db.now - timedelta(days=DAYS * random.random(), hours=1)).replace(microsecond=0)
    luck = random.random()
    opened = sent + timedelta(minutes=20) if luck < 0.6 else None
    clicked = sent + timedelta(minutes=21) if luck < 0.3 else None
    return {
        "sent": sent,
        "received": None,
        "opened": opened,
        "clicked": clicked,
        "closed": None,
        "hard_bounced": None,
        "complained": None,
        "unsubscribed": sent + timedelta(minutes=30) if 0.55 < luck < 0.6 else None,
        "purchased": sent + timedelta(minutes=50) if luck < 0.1 else None,
        "is_test": False,
    }
