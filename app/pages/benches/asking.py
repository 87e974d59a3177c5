"""Asking as somebody: nobody, a persona, or a test device, in this shop or another; with how long the answer took."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from flask_babel import gettext as _

from app.rees46.errors import Rees46Error
from app.store import benches, customers, event_runs
from app.web.catalogue import NOBODY
from app.web.context import desk
from app.web.customers.identity import identity_for
from app.web.error_words import in_words
from app.web.paging_args import whole_number
from app.web.rees46 import ask
from app.web.shops import all_shops, shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.rees46.operation import Operation
    from app.store.benches import Persona
    from app.store.customers import KnownCustomer
    from app.store.shops import Shop

R = TypeVar("R")
Row = dict[str, Any]
DEVICE = "device"  # whoever is signed in means their own test device by it


@dataclass(frozen=True)
class Who:
    """As whom something is asked, and where."""

    name: str = ""  # of the persona or device; empty: nobody
    customer: KnownCustomer | None = None
    did: str = NOBODY
    of: Shop | None = None  # another shop than that of the page
    persona_id: int | None = None

    @property
    def is_nobody(self) -> bool:
        return self.customer is None and self.did == NOBODY

    def identity(self, op: type[Operation[Any]]) -> dict[str, str]:
        """Name the person or device to a call."""
        return identity_for(op, self.customer) if self.customer else {"did": self.did}


@dataclass(frozen=True)
class Answer:
    """What came: products in their order, how many there are in all, and how long it took."""

    rows: list[Row] = field(default_factory=list)
    total: int = 0
    milliseconds: float = 0
    error: dict[str, str] | None = None
    cart: list[str] = field(default_factory=list)  # of whoever is asked for, where that is read

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
    return Who(persona.name, customer, persona_id=persona.id)


def who_is_chosen(choice: str) -> Who:
    """Find whoever was chosen from a list: a persona by its number, the test device, or nobody."""
    if choice != DEVICE:
        return who_is(whole_number(choice))
    did = my_device()
    return device(did) if did else Who()


def device(did: str) -> Who:
    return Who(_("Test device"), did=did)


def my_device() -> str | None:
    """Give the private device for which whoever is signed in sent events last."""
    with desk().reading() as db:
        last = event_runs.last_of(db, shop().id, me().id)
    return last.did if last else None


def timed(make: Callable[[], Operation[R]], who: Who, read: Callable[[R], tuple[list[Row], int]]) -> Answer:
    """Ask, and say what came; that nothing came is an answer, too."""
    try:
        op = make()
        begun = time.perf_counter()
        reply = ask(op, of=who.of)
        took = (time.perf_counter() - begun) * 1000
    except Rees46Error as error:
        return Answer(error=in_words(error))
    return Answer(*read(reply), milliseconds=took)
