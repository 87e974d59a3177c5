"""Members and their balances, as the file said that was sent last; and whose bonuses end soon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import request, url_for

from app.pages.bonus_accounts import page
from app.pages.bonus_accounts.checking import ends_soon
from app.pages.bonus_accounts.reading import KIND, balance_of
from app.rees46.bonuses import Statement
from app.store import customers, record_imports
from app.vault import KeyChanged
from app.web.context import desk, settings
from app.web.customers.keys import normal
from app.web.customers.masking import contact_for_me
from app.web.paging_args import whole_number
from app.web.render import render
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue

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


@page.get("/")
def index() -> ResponseReturnValue:
    """List the accounts of the last file: `?show=ending`, `?show=negative`."""
    shown = request.args.get("show", "")
    first = max(whole_number(request.args.get("from")) or 0, 0)
    with desk().reading() as db:
        batch = record_imports.last_sent(db, shop().id, KIND)
    found, is_more = _page(batch, shown, first) if batch else ([], False)
    return render(
        "bonus_accounts/index.html",
        batch=batch,
        shown=shown,
        members=_with_people(found),
        newer_url=_at(shown, first - ON_A_PAGE) if first else None,
        older_url=_at(shown, first + ON_A_PAGE) if is_more else None,
    )


def _at(shown: str, first: int) -> str:
    query: dict[str, Any] = {"show": shown or None, "from": max(first, 0) or None}
    return url_for(".index", **query)


def _page(batch: RecordImport, shown: str, first: int) -> tuple[list[Statement], bool]:
    """Give the accounts of a page, and whether there are more; no part is opened beyond."""
    found: list[Statement] = []
    for place, statement in enumerate(one for one in _statements(batch) if _is_shown(one, shown)):
        if place >= first + ON_A_PAGE:
            return found, True
        if place >= first:
            found.append(statement)
    return found, False


def _statements(batch: RecordImport) -> Iterator[Statement]:
    with desk().reading() as db:
        for part in record_imports.parts_of(db, batch.id):
            try:
                records = part.records(settings().key)
            except KeyChanged:
                return
            yield from map(Statement.model_validate, records)


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
