"""Products of an event as people type them: an ID, then how many, then the price of one."""

from __future__ import annotations

import re
from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import gettext as _

from app.rees46.event_items import LONGEST, MOST

DEAREST = Decimal(1_000_000_000)
PIECES = re.compile(r"\A[0-9]{1,4}\Z")


class Wrong(Exception):
    """A line cannot be read; `words` say why."""

    def __init__(self, words: str) -> None:
        super().__init__("wrong")
        self.words = words


def items_of(text: str) -> list[list[Any]]:
    """Read a product a line."""
    items = [item_of(line.split()) for line in text.splitlines() if line.split()]
    if len(items) > MOST:
        raise Wrong(_("An event names at most %(most)s products.", most=MOST))
    return items


def item_of(words: list[str]) -> list[Any]:
    """Read `1012 2 990`."""
    if len(words) > 3:
        raise Wrong(_("“%(line)s” is not: ID, how many, price of one.", line=" ".join(words)))
    item_id, amount, price = (*words, None, None)[:3]
    if len(item_id or "") > LONGEST:
        raise Wrong(_("An ID has at most %(most)s characters.", most=LONGEST))
    return [item_id, _amount(amount), _price(price)]


def _amount(said: str | None) -> int:
    if said is None:
        return 1
    if not PIECES.match(said) or not 1 <= int(said) <= MOST:
        raise Wrong(_("“%(said)s” is not how many: a whole number from 1 to %(most)s.", said=said, most=MOST))
    return int(said)


def _price(said: str | None) -> float | None:
    if said is None:
        return None
    with suppress(InvalidOperation):
        price = Decimal(said.replace(",", "."))
        if price.is_finite() and 0 <= price <= DEAREST:
            return float(price)
    raise Wrong(_("“%(said)s” is not a price.", said=said))
