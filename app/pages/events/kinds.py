"""The events that can be tried: what each says, and the call that it makes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.rees46 import deliveries, events, sessions

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

    from app.rees46.operation import Operation
    from app.store.event_runs import EventRun

INIT, CUSTOM, PUSH_CLICK = "init", "custom", "push_click"
MARK = "desk46_test"  # the stream of test events, where nobody chose another
DEVICE, ORDER = "desk46-test-", "TEST-"  # how test devices and test orders begin
ATTRIBUTION = ("recommended_by", "recommended_code", "source", "source_code")


@dataclass(frozen=True)
class Kind:
    """An event: its words, its icon, the fields it has, and what a line of a script says behind its name."""

    label: LazyString
    icon: str
    fields: tuple[str, ...] = ()
    line: str = ""


KINDS: dict[str, Kind] = {
    "view": Kind(_l("Product viewed"), "eye", ("items", "stock", *ATTRIBUTION), "1012"),
    "category": Kind(_l("Category viewed"), "folder-tree", ("category_id", *ATTRIBUTION), "5"),
    "search": Kind(_l("Searched"), "search", ("search_query", *ATTRIBUTION), "helmet"),
    "cart": Kind(_l("Put into the cart"), "shopping-cart", ("items", "full", *ATTRIBUTION), "1012 2"),
    "remove_from_cart": Kind(_l("Taken out of the cart"), "circle-minus", ("items", *ATTRIBUTION), "1012"),
    "purchase": Kind(
        _l("Bought"),
        "shopping-bag",
        ("items", "order_id", "order_price", "promocode", "delivery_type", "payment_type", *ATTRIBUTION),
        "1012 2",
    ),
    "wish": Kind(_l("Put on the wish list"), "heart", ("items", "full", *ATTRIBUTION), "1012"),
    "remove_wish": Kind(_l("Taken off the wish list"), "heart-off", ("items", *ATTRIBUTION), "1012"),
    CUSTOM: Kind(_l("Event of the shop's own"), "sparkles", ("name", "category", "label", "value"), "quiz_passed"),
    PUSH_CLICK: Kind(_l("Push clicked"), "mouse-pointer-click", ("code", "type"), "CODE"),
}
OF_ITEMS = {name for name, kind in KINDS.items() if "items" in kind.fields}
LABELS = {INIT: _l("Visit begun"), **{name: kind.label for name, kind in KINDS.items()}}


def call_of(run: EventRun, event: str, said: dict[str, Any]) -> Operation[Any]:
    """Make the call of a step; ValidationError when REES46 would not take it."""
    about: dict[str, Any] = {"did": run.did, "seance": run.seance, "stream": run.stream}
    if event == INIT:
        return sessions.Init.from_form(about)
    if event == PUSH_CLICK:
        return deliveries.Clicked.from_form({"did": run.did, "stream": run.stream, **said})
    rest = {name: value for name, value in said.items() if name not in {"source", "source_code", "items", "name"}}
    about |= {"segment": run.letter, **rest}
    if source := {name: value for name, value in _source(said).items() if value}:
        about["source"] = source
    if event == CUSTOM:
        return events.Custom.from_form({**about, "event": said.get("name", ""), "payload": {MARK: True}})
    return events.Track.from_form({**about, "event": event, **_columns(said.get("items", []))})


def _source(said: dict[str, Any]) -> dict[str, Any]:
    return {"from": said.get("source"), "code": said.get("source_code")}


def _columns(items: list[list[Any]]) -> dict[str, Any]:
    """Say of each item its ID, how many, and the price of one; a column that no item fills is left out."""
    columns = {"item_id": [], "amount": [], "price": []}  # type: dict[str, list[Any]]
    for item_id, amount, price in items:
        columns["item_id"].append(item_id)
        columns["amount"].append(amount or 1)
        columns["price"].append(price)
    if any(price is None for price in columns["price"]):
        columns.pop("price")
    return {name: values for name, values in columns.items() if values}
