"""What customers of the demo shop are asked to rate, where, and what they said."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from sqlalchemy import insert, select

from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.nps import NpsCategory, NpsChannel, NpsReview

CATEGORIES = (("website", "Shopping on the site"), ("delivery", "Delivery"), ("checkout", "Checkout"))
CHANNELS = (
    ("website", "Website"),
    ("ios_app", "iOS app"),
    ("android_app", "Android app"),
    ("pos", "Till in the store"),
    ("email", "E-mail"),
    ("popup", "Pop-up"),
)
TEXTS = {
    "promoter_question": "What do you like most about us?",
    "passive_question": "What would make it a ten?",
    "detractor_question": "What went wrong?",
    "promoter_success": "Thank you{% if first_name %}, {{ first_name }}{% endif %}! Ride on.",
    "passive_success": "Thank you{% if first_name %}, {{ first_name }}{% endif %}. We will work on it.",
    "detractor_success": "Thank you for telling us. Somebody from the workshop will call you.",
}
SAID = {
    10: ("Курьер приехал раньше срока!", "Best bike shop in town.", None),
    9: ("Everything fits.", None),
    7: ("Good, but the box was dented.", None),
    4: ("Пришлось ждать неделю.", "The size chart is wrong."),
    2: ("Nobody answers the phone.",),
}
WEIGHTS = {10: 40, 9: 25, 7: 20, 4: 10, 2: 5}


def reviews(db: Db, random: Random, number: int) -> None:
    """Make categories, channels and the reviews of a number of customers over half a year."""
    places = [NpsChannel(shop_id=db.shop.id, code=code, name=name) for code, name in CHANNELS]
    processes = [NpsCategory(shop_id=db.shop.id, code=code, name=name, **TEXTS) for code, name in CATEGORIES]
    db.add_all([*places, *processes])
    db.flush()
    customers = db.scalars(
        select(Customer.id).where(Customer.shop_id == db.shop.id).order_by(Customer.id).limit(number)
    )
    rows = []
    for customer in customers:
        at = db.now.replace(microsecond=0) - timedelta(minutes=random.randrange(180 * 24 * 60))
        rate = random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        rows.append(
            {
                "shop_id": db.shop.id,
                "customer_id": customer,
                "channel_id": random.choice(places).id,
                "category_id": random.choice(processes).id,
                "day": at.date(),
                "at": at,
                "rate": rate,
                "comment": random.choice(SAID[rate]),
                "order_id": None,
                "published": random.random() < 0.95,
            }
        )
    if rows:
        db.execute(insert(NpsReview), rows)
