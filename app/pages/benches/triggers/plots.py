"""The stories: which steps each of them has, for a lower price and for a return into stock."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store.trigger_stories import RESTORE

PRICE, STOCK = "price", "stock"
KINDS = {PRICE: _l("Price drop"), STOCK: _l("Back in stock")}
TOLD, NOT_MET, LEFT, SUPPRESSED, TWICE = "told", "not_met", "left", "suppressed", "twice"
PLOTS = {
    TOLD: _l("It happens, and they are told once"),
    NOT_MET: _l("It does not happen: the price rises, or it stays out of stock"),
    LEFT: _l("They unsubscribed meanwhile"),
    SUPPRESSED: _l("Their address is suppressed"),
    TWICE: _l("The same import comes twice"),
}
EMPTY, SUBSCRIBE, LEAVE, SUPPRESS = "empty", "subscribe", "leave", "suppress"
CHANGE, AGAIN, MESSAGE, GONE = "change", "again", "message", "gone"
CATALOGUE = {EMPTY, CHANGE, AGAIN, RESTORE}  # steps that import the product: never on a live shop
LOOKS = {MESSAGE, GONE}  # steps that only look
BETWEEN = {TOLD: (), NOT_MET: (), LEFT: (LEAVE,), SUPPRESSED: (SUPPRESS,), TWICE: ()}


def steps_of(kind: str, plot: str, *, is_live: bool) -> list[str]:
    """Name the steps; a live shop changes its product itself, so there is nothing to put back."""
    if is_live:
        return [SUBSCRIBE, CHANGE, MESSAGE, GONE]
    first = [EMPTY] if kind == STOCK else []
    twice = [AGAIN] if plot == TWICE else []
    return [*first, SUBSCRIBE, *BETWEEN[plot], CHANGE, *twice, MESSAGE, GONE, RESTORE]


def is_told(plot: str) -> bool:
    """Whether there is something to tell them of, and they still want it."""
    return plot not in {NOT_MET, LEFT}
