"""Telling REES46 what became of an e-mail address: bounced, complained, blacklisted, unsubscribed. For ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.subscriptions import page
from app.pages.subscriptions.forms import AddressForm, CallbackForm
from app.rees46.errors import Refused
from app.rees46.subscriptions import Callback
from app.store import customers
from app.store.acts import AlreadyDone
from app.web.context import desk
from app.web.customers.keys import customer_or_404
from app.web.customers.reach import reach_of
from app.web.errors import earlier_click
from app.web.page import STAFF, needs
from app.web.rees46 import About, act
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.held_acts import hold_act, say_held, sent_as_asked
from app.work.kinds import kind

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.customers import KnownCustomer
    from app.web.customers.reach import Reach


KIND = "subscriptions.callback"
kind(KIND, label=_l("Report of an address"), page="subscriptions.of", needs=STAFF, is_repeatable=False, is_single=True)(
    sent_as_asked(Callback)
)


@page.route("/report", methods=["GET", "POST"])
@needs(STAFF)
def report() -> ResponseReturnValue:
    """Ask for the address; it need not be a customer's."""
    form = AddressForm()
    if form.validate_on_submit():
        with desk().writing() as db:
            customer = customers.remember(db, shop().id, "email", form.email.data or "")
        return go(".callback", key=customer.key)
    return render("subscriptions/report.html", form=form)


@page.get("/report/<key>")
@needs(STAFF)
def callback(key: str) -> ResponseReturnValue:
    customer = customer_or_404(key)
    reach = reach_of(customer)
    form = CallbackForm(_address(reach), formdata=None)
    if request.args.get("event") in {choice.value for choice in form.event.choices}:
        form.event.data = request.args["event"]
    return _callback(customer, reach, form)


@page.post("/report/<key>")
def tell(key: str) -> ResponseReturnValue:
    customer = customer_or_404(key)
    reach = reach_of(customer)
    form = CallbackForm(_address(reach))
    if not form.validate_on_submit():
        return _callback(customer, reach, form)
    about = About(customer, before={"event": None, **reach.flags}, reason=form.reason.data, once=form.once.data)
    try:
        if seconds := me().undo_seconds:
            say_held(hold_act(KIND, key, form.operation, about, seconds), seconds)
            return go(".of", key=key)
        act(form.operation, about)
    except AlreadyDone as done:
        flash(earlier_click(done.act), "info")
    except Refused as refused:
        form.refuse(refused.message)
        return _callback(customer, reach, form)
    else:
        flash(_done(form.event.data), "success")
    return go(".of", key=key)


def _address(reach: Reach) -> str:
    return reach.email or abort(409, _("This customer has no e-mail address to report."))


def _callback(customer: KnownCustomer, reach: Reach, form: CallbackForm) -> ResponseReturnValue:
    return render("subscriptions/callback.html", customer=customer, reach=reach, form=form)


def _done(event: str) -> str:
    said = {
        "unsubscribed": _("REES46 took it in: every kind of e-mail is off for this address."),
        "complained": _("REES46 took it in: the address is unsubscribed from everything and suppressed."),
        "blacklisted": _("REES46 took it in: the address is blacklisted, nothing is sent to it."),
        "hard_bounced": _("REES46 took it in: the address is purged for ever."),
    }
    return said[event]
