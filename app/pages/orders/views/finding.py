"""Orders by number, as far as the desk met them, and the last order of a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from app.pages.orders import page
from app.rees46.orders import LastForUser
from app.store import orders_seen
from app.store.orders_seen import LONGEST, SeenOrder
from app.store.paging import newest
from app.web.context import desk
from app.web.customers.keys import customer_or_404
from app.web.paging_args import page_urls, place
from app.web.panels.offered import ask_if_offered
from app.web.panels.standing import read_or
from app.web.render import render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/")
def index() -> ResponseReturnValue:
    """Find orders by the beginning of their number: `?q=1001`."""
    words = request.args.get("q", "").replace("\0", "").strip()[:LONGEST]
    with desk().reading() as db:
        found = newest(db, orders_seen.of_shop(shop().id, words), SeenOrder.id, **place())
    return render("orders/index.html", q=words, found=found, **page_urls(found.older, found.newer))


@page.get("/of/<key>/last")
def last(key: str) -> ResponseReturnValue:
    """Show what was in the last order of a customer."""
    customer = customer_or_404(key)
    bought, error = read_or(lambda: ask_if_offered(LastForUser.from_form(customer.identity)), [])
    return render("orders/last.html", 502 if error else None, customer=customer, bought=bought, error=error)
