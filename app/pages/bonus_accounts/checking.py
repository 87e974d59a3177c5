"""What a file of bonus accounts would do: totals, negative balances, and jumps from what REES46 has now."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.pages.bonus_accounts.reading import AMOUNTS, KIND, balance_of, statements_of
from app.rees46 import crm
from app.rees46.errors import Rees46Error
from app.store.base import now
from app.web.customers.keys import normal
from app.web.records.bringing import Checked, new_import
from app.web.rees46 import ask

if TYPE_CHECKING:
    from app.rees46.bonuses import Statement
    from app.store.record_imports import RecordImport
    from app.web.records.bringing import Brought

SEARCHED = ("loyalty_id", "email", "phone", "external_id")  # keys by which many customers are found at once
AT_ONCE, MOST_CALLS = 500, 10
LEAST_JUMP, JUMP = 500, 0.5  # bonuses, and the share of the balance by which it changes
SOON = timedelta(days=30)
ROUNDING = 0.011
MOST_LISTED = 50


def check(source: str, brought: Brought) -> tuple[RecordImport, list[dict[str, Any]]]:
    """Look at every account, and put its balance against the one that REES46 has; nothing is sent."""
    checked = Checked()
    found = statements_of(brought, checked)
    present, not_asked = _balances_now([statement for _row, _said, statement in found])
    jumps = []
    for row, _said, statement in found:
        before, then = present.get(_key(statement)), balance_of(statement) or 0
        if then < 0:
            checked.warn(row, "balance", "negative")
        elif before is not None and abs(then - before) > max(LEAST_JUMP, JUMP * abs(before)):
            jumps.append([row, before, then])
        if not _adds_up(statement):
            checked.warn(row, "total_balance", "parts")
        if statement.expiration and statement.expiration.replace(tzinfo=None) < now() and then > 0:
            checked.warn(row, "expiration", "ended")
    checked.warnings.sort(key=lambda one: one[2] != "negative")
    checked.records = [said for _row, said, _statement in found]
    statements = [statement for _row, _said, statement in found]
    checked.figures = {
        "sums": {column.name: _sum(statements, column.name) for column in AMOUNTS},
        "before": round(sum(balance for balance in present.values() if balance), 2),
        "known": len(present),
        "not_asked": not_asked,
        "jumps": sorted(jumps, key=lambda jump: -abs(jump[2] - jump[1]))[:MOST_LISTED],
        "all_jumps": len(jumps),
        "negative": sum((balance_of(one) or 0) < 0 for one in statements),
        "ending": sum(ends_soon(one) for one in statements),
        "unused": brought.unused[:MOST_LISTED],
    }
    return new_import(KIND, source, checked), checked.records


def _key(statement: Statement) -> tuple[str, str]:
    kind, value = next(iter(statement.who().items()))
    return kind, normal(kind, value)


def _balances_now(statements: list[Statement]) -> tuple[dict[tuple[str, str], int | None], int]:
    """Ask REES46 for the balances that it has now; also say how many it was not asked for, or did not answer."""
    wanted: dict[str, list[str]] = {}
    for kind, value in dict.fromkeys(map(_key, statements)):
        wanted.setdefault(kind, []).append(value)
    found: dict[tuple[str, str], int | None] = {}
    calls = [
        (kind, ids[first : first + AT_ONCE])
        for kind, ids in wanted.items()
        if kind in SEARCHED
        for first in range(0, len(ids), AT_ONCE)
    ]
    asked = 0
    for kind, ids in calls[:MOST_CALLS]:
        try:
            people = ask(crm.Search.from_form({"by": kind, "ids": ids}))
        except Rees46Error:
            break
        asked += len(ids)
        found |= {
            (kind, normal(kind, value)): person.loyalty_bonuses for person in people if (value := getattr(person, kind))
        }
    return found, sum(map(len, wanted.values())) - asked


def _adds_up(statement: Statement) -> bool:
    """Tell whether what came and went makes the total, if it is told, with what is not active yet or without."""
    if statement.total_balance is None or statement.total_rewarded is None:
        return True
    gone = sum(getattr(statement, name) or 0 for name in ("total_used", "total_burned", "total_cancelled"))
    rest = statement.total_rewarded - gone
    ways = (rest, rest - (statement.total_inactive or 0))
    return any(abs(way - statement.total_balance) < ROUNDING for way in ways)


def _sum(statements: list[Statement], name: str) -> float | None:
    told = [value for statement in statements if (value := getattr(statement, name)) is not None]
    return round(sum(told), 2) if told else None


def ends_soon(statement: Statement) -> bool:
    """Tell whether bonuses end within the next days."""
    ends = statement.expiration and statement.expiration.replace(tzinfo=None)
    return bool(ends and now() <= ends <= now() + SOON and (balance_of(statement) or 0) > 0)
