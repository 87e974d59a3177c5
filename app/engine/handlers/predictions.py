"""Predictions, by what a visitor did in a week: the box has no model, only weights (rees46.md#predictions)."""

from __future__ import annotations

import math
from datetime import timedelta

from app.engine.answers import answers
from app.engine.store.db import Db
from app.engine.store.events import times_of
from app.engine.store.identity import find
from app.rees46 import predictions

LATELY = timedelta(days=7)
WEIGHTS = {"view": 0.03, "search": 0.03, "category": 0.02, "wish": 0.1, "cart": 0.3, "purchase": 0.2}


@answers
def probability(db: Db, op: predictions.ProbabilityToPurchase) -> predictions.Probability:
    """Weigh what was done; who is not known, or did nothing, is not likely at all: apps want a text for `client_id`."""
    customer = find(db, op.who())
    if customer is None:
        return predictions.Probability(probability=0.0, client_id="")
    done = times_of(db, customer.id, tuple(WEIGHTS), db.now - LATELY)
    weight = sum(WEIGHTS[kind] * number for kind, number in done.items())
    return predictions.Probability(probability=round(1 - math.exp(-weight), 2), client_id=str(customer.id))
