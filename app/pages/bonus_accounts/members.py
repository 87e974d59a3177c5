"""Members and their balances, as the file said that was sent last: its parts are opened only as far as is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.pages.bonus_accounts.checking import ends_soon
from app.pages.bonus_accounts.reading import balance_of
from app.rees46.bonuses import Statement
from app.store import customers, record_imports
from app.vault import KeyChanged
from app.web.context import desk, settings
from app.web.customers.keys import normal
from app.web.customers.masking import contact_for_me
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.store.customers import KnownCustomer
    from app.store.record_imports import RecordImport

ON_A_PAGE = 50
MASKED = ("email", "phone")


@dataclass(frozen=True)
class Member:
    """An account of the file, and the key of whose it is."""

    statement: Statement
    customer: KnownCustomer
    contact: str

    @property
    def balance(self) -> float | None:
        return balance_of(self.statement)


def page_of(batch: RecordImport, shown: str, first: int) -> tuple[list[Member], bool]:
    """Give the accounts of a page, and whether there are more; no part is opened beyond."""
    found: list[Statement] = []
    wanted = (one for place in range(_parts(batch)) for one in _statements(batch, place) if _is_shown(one, shown))
    for place, statement in enumerate(wanted):
        if place >= first + ON_A_PAGE:
            return _with_people(found), True
        if place >= first:
            found.append(statement)
    return _with_people(found), False


def part_of(batch: RecordImport, shown: str, place: int) -> tuple[list[Member], bool]:
    """Give the accounts of one part, for a file, and whether there are more parts."""
    return _with_people(
        [statement for statement in _statements(batch, place) if _is_shown(statement, shown)]
    ), place + 1 < _parts(batch)


def _parts(batch: RecordImport) -> int:
    return -(-batch.rows // record_imports.PART)


def _statements(batch: RecordImport, place: int) -> Iterator[Statement]:
    with desk().reading() as db:
        part = record_imports.part_at(db, batch.id, place)
        try:
            records = part.records(settings().key) if part else []
        except KeyChanged:
            records = []
    return map(Statement.model_validate, records)


def _is_shown(statement: Statement, shown: str) -> bool:
    if shown == "ending":
        return ends_soon(statement)
    return shown != "negative" or (balance_of(statement) or 0) < 0


def _with_people(statements: list[Statement]) -> list[Member]:
    names = [(kind, normal(kind, value)) for one in statements for kind, value in [next(iter(one.who().items()))]]
    with desk().writing() as db:
        keys = customers.remember_all(db, shop().id, dict.fromkeys(names, ""))
    return [
        Member(statement, keys[name], contact_for_me(name[1]) if name[0] in MASKED else name[1])
        for statement, name in zip(statements, names, strict=True)
    ]
