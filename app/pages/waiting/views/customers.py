"""One customer: what they wait for, letting them wait for something, and taking them off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, request
from flask_babel import gettext as _

from app.pages.waiting import page
from app.pages.waiting.demand import KINDS, PRICE, SNAPSHOTS, STOCK
from app.pages.waiting.forms import AddForm
from app.pages.waiting.views.people import asked_item
from app.rees46.triggers import (
    SubscribeToBackInStock,
    SubscribeToPriceDrop,
    UnsubscribeFromBackInStock,
    UnsubscribeFromPriceDrop,
)
from app.store import waiters
from app.web.catalogue import read_product, remembered
from app.web.context import desk, settings
from app.web.customers.keys import customer_or_404, normal
from app.web.customers.lookup import look_up, read_profile
from app.web.customers.waiting import is_waiting
from app.web.page import STAFF, needs
from app.web.rees46 import About, act
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.customers import KnownCustomer
    from app.store.waiters import Waiter

CHECKED = 20  # lines of which REES46 is asked whether they still hold
KIND_OF = {snapshot: kind for kind, snapshot in SNAPSHOTS.items()}


@page.get("/of/<key>")
def of(key: str) -> ResponseReturnValue:
    """Show what a customer waits for: as it was noted last night, each line asked again now."""
    customer = customer_or_404(key)
    noted = _noted(customer)
    lines = [(KIND_OF[row.kind], row) for row in noted[:CHECKED] if is_waiting(customer, KIND_OF[row.kind], row.item)]
    return render(
        "waiting/of.html",
        customer=customer,
        lines=lines,
        kinds=KINDS,
        products=remembered(row.item for _kind, row in lines),
        more=max(len(noted) - CHECKED, 0),
    )


def _noted(customer: KnownCustomer) -> list[Waiter]:
    profile = read_profile(customer.identity)
    told = {kind: value for kind in ("email", "phone") if profile and (value := getattr(profile, kind))}
    contacts = {normal(kind, value) for kind, value in (told | customer.identity).items()}
    with desk().reading() as db:
        return waiters.of_contacts(db, shop().id, contacts, settings().key)


@page.route("/add", methods=["GET", "POST"])
@needs(STAFF)
def add() -> ResponseReturnValue:
    """Let a customer wait for a product."""
    form = AddForm()
    if not form.is_submitted():
        form = AddForm(formdata=None, item=asked_item(), kind=request.args.get("for", STOCK))
    elif form.validate_on_submit() and (customer := _meant(form)) and (operation := _subscription(form, customer)):
        act(operation, About(customer=customer))
        _say(is_waiting(customer, form.kind.data, form.item.data or ""))
        return go(".of", key=customer.key)
    return render("waiting/add.html", form=form)


def _meant(form: AddForm) -> KnownCustomer | None:
    people = look_up(form.who.data or "").people
    if len(people) == 1:
        return people[0].customer
    several = _("This leads to several people. Type one identifier.")
    form.who.errors = [several if people else _("REES46 knows no such customer.")]
    return None


def _subscription(form: AddForm, customer: KnownCustomer) -> Any:
    """Make the call; without a price it is the present one that counts."""
    item = form.item.data = (form.item.data or "").strip()
    product = read_product(item)
    if product is None:
        form.item.errors = [_("REES46 knows no such product.")]
        return None
    if form.kind.data == STOCK:
        return SubscribeToBackInStock.from_form({**customer.identity, "item": item})
    price = float(form.price.data or product.price or 0)
    if price <= 0:
        form.price.errors = [_("REES46 tells no price of this product: type the one they see.")]
        return None
    return SubscribeToPriceDrop.from_form({**customer.identity, "item": item, "price": price})


def _say(waits: bool | None) -> None:  # noqa: FBT001 - what REES46 told
    if waits:
        flash(_("They wait now: REES46 confirms it."), "success")
    elif waits is None:
        flash(_("REES46 took it, and does not tell whether they wait."), "info")
    else:
        flash(_("REES46 took it, and says that they do not wait. Look again in a minute."), "warning")


@page.post("/of/<key>/off")
def take_off(key: str) -> ResponseReturnValue:
    """Take a customer off one list, or without a product off all lists of a kind."""
    customer, item = customer_or_404(key), asked_item()
    kind = PRICE if request.form.get("for") == PRICE else STOCK
    stop = UnsubscribeFromPriceDrop if kind == PRICE else UnsubscribeFromBackInStock
    act(stop.from_form({**customer.identity, "item_ids": [item] if item else []}), About(customer=customer))
    if item and is_waiting(customer, kind, item):
        flash(_("REES46 took it, and says that they still wait. Look again in a minute."), "warning")
    else:
        flash(_("They wait no longer."), "success")
    return go(".of", key=key)
