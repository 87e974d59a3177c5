"""Blocks of recommendations of the demo shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.engine.recommendations.statistics import lists_of
from app.engine.store.recommenders import (
    ALSO_BOUGHT,
    PERSONAL,
    POPULAR,
    RECENTLY_VIEWED,
    SEARCH,
    SIMILAR,
    Recommender,
    keep,
)

if TYPE_CHECKING:
    from app.engine.store.db import Db

BLOCKS = (
    ("popular", POPULAR, "Popular now"),
    ("similar", SIMILAR, "Similar products"),
    ("also_bought", ALSO_BOUGHT, "Bought together"),
    ("search", SEARCH, "Chosen by others who searched for this"),
    ("recently_viewed", RECENTLY_VIEWED, "You have looked at"),
    ("personal", PERSONAL, "For you"),
    # as the reference's own examples call them
    ("1fd1b3495137bc3c9299816026acf36f", POPULAR, "Popular now"),
    ("RECOMMENDER_CODE", POPULAR, "Popular now"),
    ("recommender_code", POPULAR, "Popular now"),
    ("BLOCK_ID", POPULAR, "Popular now"),
    ("block_id", SIMILAR, "Similar products"),
)


def blocks(db: Db) -> None:
    """Make the blocks, and the lists that follow from what the customers bought and the visitors did."""
    db.add_all(Recommender(shop_id=db.shop.id, code=code, rule=rule, title=title) for code, rule, title in BLOCKS)
    keep(db, lists_of(db).items())
