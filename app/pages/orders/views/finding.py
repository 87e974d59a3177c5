"""Orders by number, as far as the desk met them, and the last order of a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.pages.orders import page
from app.pages.orders.columns import columns
from app.pages.orders.forms import ListFilters
from app.rees46.orders import LastForUser
from app.store import orders_seen
from app.store.orders_seen import SeenOrder
from app.store.paging import newest
from app.web.customers.keys import customer_or_404
from app.web.page import STAFF
from app.web.panels.offered import ask_if_offered
from app.web.panels.standing import read_or
from app.web.render import render
from app.web.shops import shop
from app.web.sign_in.login import me
from app.web.tables.listing import Listing, list_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session


@page.get("/")
def index() -> ResponseReturnValue:
    """Find orders by the beginning of their number: `?q=1001`."""
    form = ListFilters()
    return list_page("orders/index.html", lambda db, at: _listing(db, form, at))


def _listing(db: Session, form: ListFilters, at: dict[str, Any]) -> Listing[SeenOrder]:
    is_sent = {"sent": True, "read": False}.get(form.origin.data or "")
    wanted = orders_seen.of_shop(shop().id, form.begins, is_sent=is_sent, between=form.between())
    found = newest(db, wanted, SeenOrder.id, **at)
    file = "orders" if me().may(STAFF) else ""
    return Listing(_("Orders, those met last first"), columns(), found, form, file=file)


@page.get("/of/<key>/last")
def last(key: str) -> ResponseReturnValue:
    """Show what was in the last order of a customer."""
    customer = customer_or_404(key)
    bought, error = read_or(lambda: ask_if_offered(LastForUser.from_form(customer.identity)), [])
    return render("orders/last.html", error.status if error else None, customer=customer, bought=bought, error=error)
