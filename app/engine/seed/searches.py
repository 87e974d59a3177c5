"""What visitors of the demo shop looked for in vain during two weeks."""

from __future__ import annotations

from datetime import timedelta
from random import Random

from sqlalchemy import insert

from app.engine.store.db import Db
from app.engine.store.missed_queries import LATELY, MissedQuery

# How often a day each is asked at most.
IN_VAIN = {
    "unicycle": 9,
    "одноколёсный велосипед": 5,
    "skateboard": 14,
    "самокат": 22,
    "roller skates": 6,
    "ролики": 11,
    "kayak": 2,
    "лыжи": 17,
    "iphone 4s": 3,
    "gift card": 8,
    "подарочная карта": 12,
    "tubeless sealant": 4,
}


def searches(db: Db, random: Random) -> None:
    """Count each query for every day of the last two weeks on which it was asked."""
    today = db.now.date()
    rows = [
        {"shop_id": db.shop.id, "day": today - timedelta(days=ago), "query": query, "quantity": quantity}
        for ago in range(LATELY.days)
        for query, most in IN_VAIN.items()
        if (quantity := random.randint(0, most))
    ]
    db.execute(insert(MissedQuery), rows)
