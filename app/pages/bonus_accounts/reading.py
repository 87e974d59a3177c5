"""From a file to statements of bonus accounts, each held to what REES46 takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from app.rees46.bonuses import Statement
from app.web.records.fields import IDENTITY, Column, amount, an_id, moment, text

if TYPE_CHECKING:
    from app.web.records.bringing import Brought, Checked

KIND = "bonuses"
AMOUNTS = (
    Column("balance", amount, ("баланс", "остаток", "бонусы")),
    Column("total_balance", amount, ("общий баланс", "всего")),
    Column("total_rewarded", amount, ("rewarded", "начислено")),
    Column("total_used", amount, ("used", "spent", "списано", "потрачено")),
    Column("total_burned", amount, ("burned", "expired", "сгорело")),
    Column("total_cancelled", amount, ("cancelled", "отменено")),
    Column("total_inactive", amount, ("inactive", "pending", "неактивно", "ожидает")),
)
MOMENTS = (
    Column("expiration", moment, ("expires", "expiration date", "сгорает", "срок", "дата сгорания")),
    Column("activated_at", moment, ("activated", "активация", "дата активации")),
    Column("purchase_date", moment, ("purchase", "дата покупки")),
)
TEXTS = (
    Column("current_status", text, ("status", "level", "статус", "уровень")),
    Column("event", text, ("событие",)),
    Column("order_id", an_id, ("order", "заказ", "номер заказа")),
    Column("bonus_status", text, ("статус бонусов",)),
    Column("amount_changed", text, ("changed", "change", "изменение")),
    Column("activity", text, ("активность",)),
)
COLUMNS = (*IDENTITY, *AMOUNTS, *MOMENTS, *TEXTS)
FORMAT = "%Y-%m-%d %H:%M:%S"
DATED = {column.name for column in MOMENTS}


def statements_of(brought: Brought, checked: Checked) -> list[tuple[int, dict[str, Any], Statement]]:
    """Give the statements that can be sent, each with its row; what is left out stands in the check."""
    found, seen = [], set()
    for row in brought.rows:
        if row.faults:
            checked.leave_out(row.number, *row.faults)
            continue
        said = {
            name: value.strftime(FORMAT) if name in DATED and not brought.is_json else value
            for name, value in row.said.items()
        }
        statement = _statement(row.number, said, checked)
        if statement is None:
            continue
        key = next(iter(statement.who().items()))
        if key in seen:
            checked.warn(row.number, key[0], "again")
        seen.add(key)
        found.append((row.number, said, statement))
    return found


def _statement(number: int, said: dict[str, Any], checked: Checked) -> Statement | None:
    try:
        statement = Statement.model_validate(said)
    except ValidationError as wrong:
        errors = wrong.errors(include_url=False, include_input=False)
        checked.leave_out(
            number, *[[".".join(map(str, error["loc"]))[:60] or "customer", error["type"]] for error in errors[:5]]
        )
        return None
    if balance_of(statement) is None:
        checked.leave_out(number, ["balance", "missing"])
        return None
    return statement


def balance_of(statement: Statement) -> float | None:
    """Give what the profile will show: `balance`, or else `total_balance`."""
    return statement.balance if statement.balance is not None else statement.total_balance
