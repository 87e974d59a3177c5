"""Forcing another e-mail: both profiles are shown first, and the address is typed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, request
from flask_babel import gettext as _

from app.pages.customers import page
from app.pages.customers.forms.email import ForceForm, NewAddressForm
from app.rees46.errors import Rees46Error, Refused
from app.store import customers
from app.store.acts import AlreadyDone
from app.web.context import desk
from app.web.customers.keys import KINDS, customer_or_404, normal
from app.web.customers.lookup import Person, find, read_profile
from app.web.customers.parse import Reading
from app.web.customers.traces import note_seen
from app.web.error_words import in_words
from app.web.errors import earlier_click
from app.web.page import SUPPORT, needs
from app.web.rees46 import About, act
from app.web.render import go, render

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from app.rees46.profile import Profile
    from app.store.customers import KnownCustomer


@page.route("/<key>/email", methods=["GET", "POST"])
@needs(SUPPORT)
def change_email(key: str) -> ResponseReturnValue:
    """Ask for the new address, show who has it, and only then give it to this customer."""
    customer = customer_or_404(key)
    profile = read_profile(customer.identity)
    if profile is None:
        return render("customers/gone.html", 404, customer=customer)
    if not profile.email:
        flash(_("There is no e-mail to replace. Add one with Edit."), "info")
        return go(".show", key=key)
    form = (ForceForm if request.form.get("step") == "force" else NewAddressForm)()
    form.old = profile.email
    if isinstance(form, ForceForm):
        return go(".show", key=key) if form.is_done else _force(customer, profile, form)
    if not form.validate_on_submit():
        return render("customers/email.html", customer=customer, profile=profile, form=form)
    last = ForceForm(formdata=None, data={"new_email": form.given()["new_email"]})
    return _last_step(customer, profile, last, _owner(form))


def _owner(form: NewAddressForm) -> Person | None:
    """Who has the new address now."""
    return find(Reading("email", str(form.given()["new_email"])))


def _force(customer: KnownCustomer, profile: Profile, form: ForceForm) -> ResponseReturnValue:
    """Do it, unless the address has changed hands since it was shown."""
    if not form.validate_on_submit() and form.new_email.errors:
        return render("customers/email.html", customer=customer, profile=profile, form=form)
    loser = _owner(form)
    if form.errors or form.form_errors or _name(loser) != form.owner.data:
        return _last_step(customer, profile, form, loser)
    about = About(
        customer,
        _both(profile, loser),
        reason=form.reason.data,
        once=form.once.data,
        begun=lambda db, _row: note_seen(db, customer, profile),
    )
    try:
        act(form.operation, about)
    except AlreadyDone as done:
        flash(earlier_click(done.act), "info")
        return go(".show", key=customer.key)
    except Rees46Error as error:
        form.renew()  # what went wrong is shown above the form: another click is another try, on purpose
        return _last_step(customer, profile, form, loser, error)
    _move_keys(customer, loser, form.given()["new_email"])
    _read_back(form.given()["new_email"], profile)
    return go(".show", key=customer.key)


def _last_step(  # all that the page shows
    customer: KnownCustomer,
    profile: Profile,
    form: ForceForm,
    loser: Person | None,
    error: Rees46Error | None = None,
) -> Response:
    """Show both sides: who gets the address, and who loses it."""
    seen, form.owner.data = form.owner.data, _name(loser)
    status = (422 if isinstance(error, Refused) else 502) if error else None
    return render(
        "customers/force.html",
        status,
        customer=customer,
        profile=profile,
        form=form,
        loser=loser,
        new=form.given()["new_email"],
        failure=in_words(error) if error else None,
        moved=seen is not None and seen != form.owner.data,
    )


def _name(loser: Person | None) -> str:
    return loser.customer.key if loser else "nobody"


def _both(profile: Profile, loser: Person | None) -> dict[str, Any]:
    """What the audit trail keeps of the time before."""
    return {"email": profile.email, "owner_of_new_email": loser.customer.key if loser else None}


def _move_keys(customer: KnownCustomer, loser: Person | None, new: str) -> None:
    """Let the keys in URLs follow the people: the loser's stands for what they still go by."""
    with desk().writing() as db:
        if loser:
            left = {kind: key for kind in KINDS if kind != "email" and (key := getattr(loser.profile, kind, None))}
            kind, value = next(
                ((kind, normal(kind, key)) for kind, key in left.items()), ("did", f"lost-{loser.customer.key}")
            )
            if customers.move(db, loser.customer, kind, value).id != loser.customer.id:
                customers.move(db, loser.customer, "did", f"lost-{loser.customer.key}")
        customers.move(db, customer, "email", normal("email", new))


def _read_back(new: str, profile: Profile) -> None:
    """Say whether the new address leads to the customer now."""
    try:
        now = read_profile({"email": new})
    except Rees46Error:
        now = None
    same = now is not None and (now.phone, now.first_name, now.last_name) == (
        profile.phone,
        profile.first_name,
        profile.last_name,
    )
    if same:
        flash(_("The e-mail is changed. Read back and confirmed."), "success")
    else:
        flash(_("REES46 accepted the change, but does not show it yet. Look again in a minute."), "warning")
