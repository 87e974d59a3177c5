"""Erasing a customer: what REES46 forgets, what this desk forgets and keeps, the evidence as a file, and doing it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import Response, flash
from flask_babel import gettext as _

from app.pages.customers import page
from app.pages.customers.erasing import KIND, erase_now, operation_for
from app.pages.customers.evidence import evidence_of
from app.pages.customers.forms.erase import EraseForm
from app.rees46.errors import Rees46Error, Refused
from app.store.acts import AlreadyDone
from app.web.customers.keys import customer_or_404, identity_of
from app.web.customers.lookup import read_profile
from app.web.error_words import in_words
from app.web.errors import earlier_click
from app.web.page import SUPPORT, asks_again, needs
from app.web.rees46 import About
from app.web.render import go, render
from app.web.sign_in.login import me
from app.work.held_acts import hold_act, say_held

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.rees46.profile import Profile
    from app.store.customers import KnownCustomer


@page.route("/<key>/erase", methods=["GET", "POST"])
@needs(SUPPORT)
@asks_again
def erase(key: str) -> ResponseReturnValue:
    """Make somebody nameless, after their contact was typed; whom REES46 does not know is forgotten at this desk."""
    customer = customer_or_404(key)
    profile = read_profile(customer.identity)
    form = EraseForm(expected=identity_of(customer))
    if not form.validate_on_submit():
        return _shown(customer, profile, form)
    about = About(customer, reason=form.reason.data, once=form.once.data)
    try:
        if profile and (seconds := me().undo_seconds):
            say_held(hold_act(KIND, key, operation_for(customer), about, seconds), seconds)
            return go(".show", key=key)
        erase_now(customer, about)
    except AlreadyDone as done:
        flash(earlier_click(done.act), "info")
    except Rees46Error as error:
        form.renew()  # what went wrong is shown above the form: another click is another try, on purpose
        return _shown(customer, profile, form, error)
    else:
        flash(_("Erased. Nobody goes by these contacts any more; the act stands in the audit trail."), "success")
    return go(".show", key=key)


def _shown(
    customer: KnownCustomer, profile: Profile | None, form: EraseForm, error: Rees46Error | None = None
) -> ResponseReturnValue:
    status = (422 if isinstance(error, Refused) else 502) if error else None
    failure = in_words(error) if error else None
    return render("customers/erase.html", status, customer=customer, profile=profile, form=form, failure=failure)


@page.get("/<key>/evidence.json")
@needs(SUPPORT)
@asks_again
def evidence(key: str) -> ResponseReturnValue:
    """Give as a file what is known of somebody before they are erased."""
    customer = customer_or_404(key)
    text = json.dumps(evidence_of(customer, read_profile(customer.identity)), ensure_ascii=False, indent=2, default=str)
    answer = Response(text, mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="customer-{customer.key}.json"'
    return answer
