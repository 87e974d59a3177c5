"""Seeing the page of one customer whole, by whoever sees contacts masked: for a while, with a reason, in the trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.customers import page
from app.pages.customers.forms.reveal import RevealForm
from app.web.customers.keys import customer_or_404
from app.web.masking import FOR, show_whole
from app.web.page import EVERYONE, asks_again, needs
from app.web.rees46 import About, noted
from app.web.render import go, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.route("/<key>/reveal", methods=["GET", "POST"])
@needs(EVERYONE)
@asks_again
def reveal(key: str) -> ResponseReturnValue:
    customer, form = customer_or_404(key), RevealForm()
    if form.validate_on_submit():
        with noted("customers.Reveal", About(customer=customer, reason=form.reason.data)):
            show_whole(customer)
        return go(".show", key=customer.key)
    return render("customers/reveal.html", form=form, customer=customer, minutes=int(FOR.total_seconds() // 60))
