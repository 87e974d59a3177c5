"""Bonuses that a customer was given for events, and their certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from flask import flash
from flask_babel import gettext as _

from app.pages.bonuses import page
from app.pages.bonuses.forms import CancelForm, RewardForm
from app.rees46.errors import NotFound
from app.rees46.loyalty_bonuses import MOST, EventHistory, ReadBalance, Reward
from app.rees46.loyalty_certificates import ByUser
from app.web.acts.alike import asks_first
from app.web.customers.contact_state import digits
from app.web.customers.keys import customer_or_404
from app.web.customers.lookup import read_profile
from app.web.panels.offered import NotOffered, ask_if_offered
from app.web.rees46 import About, send
from app.web.render import go, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.rees46.operation import Operation
    from app.store.customers import KnownCustomer

R = TypeVar("R")
SHOWN_OF_CODE = 4  # signs at the end


@page.get("/of/<key>")
def of(key: str) -> ResponseReturnValue:
    customer = customer_or_404(key)
    return _show(customer, _number_of(customer), RewardForm(formdata=None), CancelForm(formdata=None))


def _number_of(customer: KnownCustomer) -> str:
    """Give the number by which members are known: digits with the country code."""
    if customer.kind == "phone":
        return digits(customer.value)
    profile = read_profile(customer.identity)
    return digits(profile.phone or "") if profile else ""


def _show(customer: KnownCustomer, number: str, reward: RewardForm, cancel: CancelForm) -> ResponseReturnValue:
    return render(
        "bonuses/of.html",
        customer=customer,
        has_number=bool(number),
        balance=_told(ReadBalance(identifier=number)) if number else None,
        given=_told(EventHistory(identifier=number, limit=MOST)) if number else None,
        certificates=_told(ByUser(identifier=number)) if number else None,
        reward=reward,
        cancel=cancel,
        end_of=lambda code: f"•••{code[-SHOWN_OF_CODE:]}",
    )


def _told(op: Operation[R]) -> R | None:
    """Ask for a part; None where REES46 has it not for this shop or this person."""
    try:
        return ask_if_offered(op)
    except (NotFound, NotOffered):
        return None


@page.post("/of/<key>/reward")
def reward(key: str) -> ResponseReturnValue:
    customer, form = customer_or_404(key), RewardForm()
    form.identifier = _number_of(customer)
    reply = None
    if form.validate_on_submit() and not asks_first(form.again, customer, Reward.name()):
        reply = send(form, About(customer=customer, reason=form.why.data, once=form.once.data))
    if reply is None:
        return _show(customer, form.identifier, form, CancelForm(formdata=None))
    flash(_("Given: number %(number)s takes it back.", number=reply.transaction_id), "success")
    return go(".of", key=key)


@page.post("/of/<key>/cancel")
def cancel(key: str) -> ResponseReturnValue:
    customer, form = customer_or_404(key), CancelForm()
    form.identifier = _number_of(customer)
    about = About(customer=customer, reason=form.why.data, once=form.once.data)
    if not form.validate_on_submit() or send(form, about) is None:
        return _show(customer, form.identifier, RewardForm(formdata=None), form)
    flash(_("Taken back, as far as it was not spent."), "success")
    return go(".of", key=key)
