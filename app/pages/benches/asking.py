"""Asking as somebody: nobody, or a persona, in this shop or another; with how long the answer took."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from app.rees46.errors import Rees46Error
from app.store import benches, customers
from app.web.catalogue import NOBODY
from app.web.context import desk
from app.web.error_words import in_words
from app.web.rees46 import ask
from app.web.shops import all_shops, shop

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.rees46.operation import Operation
    from app.store.benches import Persona
    from app.store.shops import Shop

R = TypeVar("R")
Row = dict[str, Any]


@dataclass(frozen=True)
class Who:
    """As whom something is asked, and where."""

    name: str = ""  # of the persona; empty: nobody
    identity: Mapping[str, str] = field(default_factory=lambda: {"did": NOBODY})
    of: Shop | None = None  # another shop than that of the page


@dataclass(frozen=True)
class Answer:
    """What came: products in their order, how many there are in all, and how long it took."""

    rows: list[Row] = field(default_factory=list)
    total: int = 0
    milliseconds: float = 0
    error: dict[str, str] | None = None

    @property
    def items(self) -> list[str]:
        return [str(row["id"]) for row in self.rows]


def who_is(number: int | None, slug: str = "") -> Who:
    """Find a persona; whoever is asked for in another shop is nobody there."""
    other = next((each for each in all_shops() if each.slug == slug and each.id != shop().id), None)
    with desk().reading() as db:
        persona = None if other else benches.persona(db, shop().id, number)
        return _as(db, persona) if persona else Who(of=other)


def _as(db: Any, persona: Persona) -> Who:
    customer = customers.by_ids(db, {persona.customer_id}).get(persona.customer_id)
    return Who(persona.name, customer.identity) if customer else Who(persona.name)


def timed(op: Operation[R], who: Who, read: Callable[[R], tuple[list[Row], int]]) -> Answer:
    """Ask, and say what came; that nothing came is an answer, too."""
    begun = time.perf_counter()
    try:
        reply = ask(op, of=who.of)
    except Rees46Error as error:
        return Answer(error=in_words(error))
    took = (time.perf_counter() - begun) * 1000
    return Answer(*read(reply), milliseconds=took)
