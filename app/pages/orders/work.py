"""Sending orders, as work in parts. A part sent twice changes nothing: REES46 updates what it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.pages.orders.checking import ask_some
from app.rees46.orders import Order, Sync
from app.store import orders_seen
from app.store.record_imports import RecordImport
from app.web.context import desk
from app.web.page import MARKETERS
from app.web.shops import shop
from app.work.batches import batch_of
from app.work.kinds import Progress, kind
from app.work.records import send_next, take_back

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.record_imports import Record
    from app.store.works import Work

KIND, ASK = "orders.send", "orders.products"


@kind(
    KIND,
    label=_l("Send orders"),
    page="orders.show",
    needs=MARKETERS,
    is_repeatable=True,
    taken_back=take_back,
)
def send_some(work: Work) -> Progress:
    """Send the next part."""
    return send_next(work, lambda records: Sync(orders=records), _met, again=True)


def _met(db: Session, records: list[Record]) -> None:
    """Remember what was sent, so that the next file is compared with it."""
    orders = [Order.model_validate(record) for record in records]
    met = [orders_seen.Met(order.id, order.status, order.cost().total) for order in orders]
    orders_seen.note(db, shop().id, met)


@kind(ASK, label=_l("Look for products of a file"), page="orders.show", needs=MARKETERS, is_repeatable=True)
def ask_of_products(work: Work) -> Progress:
    """Ask REES46 for the next products of a file that nobody read lately."""
    with desk().reading() as db:
        figures = batch_of(db, RecordImport, work).figures
    asked = ask_some(figures)
    with desk().writing() as db:
        batch_of(db, RecordImport, work).figures = asked
    left = asked["not_asked"]
    return Progress(work.total - left, work.total, len(asked["unknown_products"]), is_over=not left)
