"""Bonuses that a customer was given for events, and their certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _

from app.pages.bonuses import page
from app.pages.bonuses.forms import CancelForm, CreateForm, RewardForm
from app.pages.bonuses.reading import end_of, number_of, told
from app.pages.bonuses.words import status_of
from app.rees46.errors import Refused
from app.rees46.loyalty_bonuses import MOST, EventHistory, ReadBalance, Reward
from app.rees46.loyalty_certificates import Activate, ByUser
from app.web.acts.alike import asks_first
from app.web.customers.keys import customer_or_404
from app.web.rees46 import About, act, send
from app.web.render import go, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.rees46.loyalty_certificates import Certificate
    from app.store.customers import KnownCustomer


@page.get("/of/<key>")
def of(key: str) -> ResponseReturnValue:
    customer = customer_or_404(key)
    return _show(customer, number_of(customer))


def _show(
    customer: KnownCustomer,
    number: str,
    *,
    reward: RewardForm | None = None,
    cancel: CancelForm | None = None,
    create: CreateForm | None = None,
) -> ResponseReturnValue:
    """Show all of it, with the form that comes back."""
    return render(
        "bonuses/of.html",
        customer=customer,
        has_number=bool(number),
        balance=told(ReadBalance(identifier=number)) if number else None,
        given=told(EventHistory(identifier=number, limit=MOST)) if number else None,
        certificates=told(ByUser(identifier=number)) if number else None,
        end_of=end_of,
        status_of=status_of,
        reward=reward or RewardForm(formdata=None),
        cancel=cancel or CancelForm(formdata=None),
        is_cancelling=cancel is not None,
        create=create or CreateForm(formdata=None),
    )


@page.post("/of/<key>/reward")
def reward(key: str) -> ResponseReturnValue:
    customer, form = customer_or_404(key), RewardForm()
    form.identifier = number_of(customer)
    reply = None
    if form.validate_on_submit() and not asks_first(form.again, customer, Reward.name()):
        reply = send(form, About(customer=customer, reason=form.why.data, once=form.once.data))
    if reply is None:
        return _show(customer, form.identifier, reward=form)
    flash(_("Given: number %(number)s takes it back.", number=reply.transaction_id), "success")
    return go(".of", key=key)


@page.post("/of/<key>/cancel")
def cancel(key: str) -> ResponseReturnValue:
    customer, form = customer_or_404(key), CancelForm()
    form.identifier = number_of(customer)
    about = About(customer=customer, reason=form.why.data, once=form.once.data)
    if not form.validate_on_submit() or send(form, about) is None:
        return _show(customer, form.identifier, cancel=form)
    flash(_("Taken back, as far as it was not spent."), "success")
    return go(".of", key=key)


@page.post("/of/<key>/certificates")
def create(key: str) -> ResponseReturnValue:
    """Make a certificate for a customer, and let them spend it, unless that is to wait."""
    customer, form = customer_or_404(key), CreateForm()
    form.identifier = number_of(customer)
    made = None
    if form.validate_on_submit() and not asks_first(form.again, customer, form.makes.name()):
        made = send(form, About(customer=customer, reason=form.why.data, once=form.once.data))
    if made is None:
        return _show(customer, form.identifier, create=form)
    if form.at_once.data:
        _activate(customer, made.certificate, form)
    else:
        flash(_("The certificate is made. Activate it, so that it can be spent."), "success")
    return go(".of", key=key)


def _activate(customer: KnownCustomer, made: Certificate, form: CreateForm) -> None:
    asked = {"certificate": made.id, "code": end_of(made.code)}
    about = About(customer=customer, reason=form.why.data, asked=asked)
    try:
        act(Activate(code=made.code, owner_identifier=form.identifier), about)
    except Refused as refused:
        words = _("The certificate is made, and REES46 did not activate it: %(why)s", why=refused.message)
        flash(words, "warning")
    else:
        flash(_("The certificate is made, and can be spent."), "success")
