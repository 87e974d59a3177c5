"""Opening a customer from elsewhere: by an ID or an order in the address, by a contact only behind the `#`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from app.pages.doors import page
from app.store.customers import LONGEST
from app.web.customers.lookup import find
from app.web.customers.parse import Reading
from app.web.customers.traces import remembered
from app.web.render import go, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.customers import KnownCustomer

IDS = ("external_id", "loyalty_id")
CONTACTS = ("email", "phone")


@page.get("")
@page.get("/", endpoint="index")
def open_customer() -> ResponseReturnValue:
    """Lead to the customer. A contact behind the `#` never comes here: script reads it and posts it to the look-up."""
    customer = _by_id() or _by_order()
    if customer:
        return go("customers.show", key=customer.key)
    asked = [name for name in (*IDS, "order") if request.args.get(name)]
    misplaced = [name for name in CONTACTS if name in request.args]
    status = 404 if asked else 422 if misplaced else None
    return render("doors/index.html", status, asked=asked, misplaced=misplaced)


def _by_id() -> KnownCustomer | None:
    for kind in IDS:
        value = request.args.get(kind, "").strip()
        if value and len(value) <= LONGEST and "\0" not in value and (person := find(Reading(kind, value))):
            return person.customer
    return None


def _by_order() -> KnownCustomer | None:
    """Find by an order that was seen with a customer: REES46 finds nobody by it."""
    number = request.args.get("order", "").strip()[:LONGEST]
    return next((one.customer for one in remembered(number) if one.kind == "order"), None) if number else None
