"""From a file to orders: rows with the same number are lines of one order; each is held to what REES46 takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from app.rees46.orders import Order
from app.web.records.fields import IDENTITY, Column, amount, an_id, moment, text, whole

if TYPE_CHECKING:
    from app.web.records.bringing import Brought, Checked, Row

ORDERS, STATUSES = "orders", "statuses"
NUMBER = Column("id", an_id, ("order", "order_id", "number", "order number", "заказ", "номер", "номер заказа"))
STATUS = Column("status", text, ("state", "order status", "статус", "состояние"))
DATE = Column("date", moment, ("at", "created_at", "datetime", "дата", "дата заказа", "время"))
VALUE = (
    Column("total", amount, ("sum", "price total", "order_price", "сумма", "итого", "всего")),
    Column("cash", amount, ("paid", "деньгами", "оплачено")),
    Column("bonuses", amount, ("points", "бонусы", "бонусами")),
    Column("delivery", amount, ("delivery price", "доставка", "стоимость доставки")),
    Column("discount", amount, ("скидка",)),
)
ITEM = (
    Column("item_id", an_id, ("product", "product_id", "sku", "товар", "id товара", "артикул")),
    Column("item_price", amount, ("price", "цена")),
    Column("item_quantity", whole, ("quantity", "amount", "qty", "количество", "шт")),
    Column("item_name", text, ("name", "product name", "название", "название товара")),
)
MORE = (
    Column("channel", text, ("канал",)),
    Column("promocode", text, ("promo_code", "coupon", "промокод")),
    Column("delivery_type", text, ("delivery", "способ доставки")),
    Column("payment_type", text, ("payment", "способ оплаты", "оплата")),
    Column("location_id", an_id, ("location", "store", "магазин")),
)
COLUMNS = {ORDERS: (NUMBER, STATUS, DATE, *IDENTITY, *VALUE, *ITEM, *MORE), STATUSES: (NUMBER, STATUS, DATE)}
OF_STATUS = {"id", "status", "date"}
OF_VALUE = [column.name for column in VALUE]


def orders_of(mode: str, brought: Brought, checked: Checked) -> list[tuple[int, dict[str, Any], Order]]:
    """Give the orders that can be sent, each with its row; what is left out stands in the check."""
    grouped = [(row.number, row.said) for row in brought.rows] if brought.is_json else _grouped(brought.rows, checked)
    found, seen = [], set()
    for number, said in grouped:
        if mode == STATUSES:
            said = {name: value for name, value in said.items() if name in OF_STATUS}  # noqa: PLW2901  # all else stays as it is
        order = _order(number, said, checked)
        if order is None:
            continue
        if order.id in seen:
            checked.leave_out(number, ["id", "twice"])
        elif mode == STATUSES and not order.status:
            checked.leave_out(number, ["status", "missing"])
        else:
            seen.add(order.id)
            found.append((number, said, order))
    return found


def _order(number: int, said: dict[str, Any], checked: Checked) -> Order | None:
    if said.get("id") in (None, ""):
        checked.leave_out(number, ["id", "missing"])
        return None
    if isinstance(said["id"], int) and not isinstance(said["id"], bool):
        said["id"] = str(said["id"])
    try:
        return Order.model_validate(said)
    except ValidationError as wrong:
        errors = wrong.errors(include_url=False, include_input=False)
        checked.leave_out(number, *[[".".join(map(str, error["loc"]))[:60], error["type"]] for error in errors[:5]])
        return None


def _grouped(rows: list[Row], checked: Checked) -> list[tuple[int, dict[str, Any]]]:
    """Put the rows of an order together: what is said of the order counts from its first row."""
    found: dict[str, tuple[int, dict[str, Any]]] = {}
    wrong = {row.said.get("id") for row in rows if row.faults}
    for row in rows:
        order_id = row.said.get("id")
        if row.faults or (order_id and order_id in wrong):
            checked.leave_out(row.number, *(row.faults or [["id", "other_row"]]))
        elif order_id in found:
            _add_line(found[order_id][1], row)
        else:
            found[order_id or f"\0{row.number}"] = (row.number, _first(row))
    return list(found.values())


def _first(row: Row) -> dict[str, Any]:
    names = {column.name for column in ITEM} | set(OF_VALUE)
    order = {name: value for name, value in row.said.items() if name not in names}
    if at := order.get("date"):
        order["date"] = int(at.timestamp())
    if value := {name: row.said[name] for name in OF_VALUE if name in row.said}:
        order["value"] = value
    _add_line(order, row)
    return order


def _add_line(order: dict[str, Any], row: Row) -> None:
    line = {column.name.removeprefix("item_"): row.said[column.name] for column in ITEM if column.name in row.said}
    if "id" in line:
        order.setdefault("items", []).append(line)
