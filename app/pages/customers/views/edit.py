"""Editing a profile: what changes is shown first, only that is sent, and it is read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from flask import abort, flash, request
from flask_babel import gettext as _

from app.pages.customers import page
from app.pages.customers.changes import CONTACTS, Changes, Texts, compare, label_of, texts_of, values_of
from app.pages.customers.forms.attributes import EditForm
from app.rees46.errors import Rees46Error, Refused
from app.rees46.profile import Profile, Set
from app.web.customers.keys import KINDS, customer_or_404
from app.web.customers.lookup import Person, find, read_profile
from app.web.customers.parse import Reading
from app.web.customers.traces import note_seen
from app.web.error_words import in_words
from app.web.page import SUPPORT, needs
from app.web.rees46 import About, act
from app.web.render import go, render

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from app.store.customers import KnownCustomer


@page.get("/<key>/edit")
@needs(SUPPORT)
def edit(key: str) -> ResponseReturnValue:
    customer = customer_or_404(key)
    profile = read_profile(customer.identity)
    if profile is None:
        return render("customers/gone.html", 404, customer=customer)
    form = EditForm(formdata=None, data=values_of(profile))
    form.seen.data = json.dumps(texts_of(profile))
    return _form(customer, form)


@page.post("/<key>/edit")
@needs(SUPPORT)
def save(key: str) -> ResponseReturnValue:
    """Show what would change; send it when the person has seen exactly that."""
    customer, form = customer_or_404(key), EditForm()
    if request.form.get("more") or request.form.get("step") == "edit":
        form.add_row(request.form.get("more", ""))
        return _form(customer, form)
    if not form.validate_on_submit():
        return _form(customer, form)
    try:
        return _review_or_send(customer, form)
    except Rees46Error as error:
        return _form(customer, form, error)


def _review_or_send(customer: KnownCustomer, form: EditForm) -> ResponseReturnValue:
    """Read anew, compare, and send only if nobody has changed it since the review."""
    profile = read_profile(customer.identity)
    if profile is None:
        return render("customers/gone.html", 404, customer=customer)
    now = texts_of(profile)
    changes = compare(form, _texts(form.seen.data), now)
    if not _makes_sense(form, changes):
        return _form(customer, form)
    anchor = _anchor(customer, profile, changes)
    others = _owners_of_new_contacts(customer, changes)
    shown = {name: now.get(name, "") for name in changes.names}
    if others or not anchor or request.form.get("step") != "save" or _texts(form.shown.data) != shown:
        form.shown.data = json.dumps(shown)
        return _review(customer, profile, form, changes, others=others, anchored=bool(anchor))
    about = About(
        customer,
        changes.before,
        changes.after,
        form.reason.data,
        begun=lambda db, _row: note_seen(db, customer, profile),
    )
    act(Set.from_form(changes.given(form) | anchor), about)
    _say_what_came_of_it(changes, anchor)
    return go(".show", key=customer.key)


def _makes_sense(form: EditForm, changes: Changes) -> bool:
    """Refuse to send nothing, and to empty what REES46 cannot empty."""
    if changes.emptied:
        names = ", ".join(label_of(form, name) for name in changes.emptied)
        form.refuse(
            _(
                "REES46 cannot empty a field. Put back what stood there, or write something else: %(names)s.",
                names=names,
            )
        )
    elif "email" in changes.names and _texts(form.seen.data).get("email"):
        form.email.errors = [_("An e-mail that is there is replaced by “Change e-mail”, which shows who loses it.")]
    elif not changes.fields:
        form.refuse(_("Nothing is changed: every field says what REES46 says."))
    return not (form.form_errors or form.errors)


def _anchor(customer: KnownCustomer, profile: Profile, changes: Changes) -> dict[str, str]:
    """By which identifier the change is sent: the most telling one that does not itself change."""
    known = customer.identity | {kind: value for kind in CONTACTS if (value := getattr(profile, kind))}
    return next(({kind: known[kind]} for kind in KINDS if kind in known and kind not in changes.names), {})


def _owners_of_new_contacts(customer: KnownCustomer, changes: Changes) -> list[Person]:
    """Find who else goes by a contact that is about to be given to this customer."""
    readings = [
        Reading(change.name, change.after) for change in changes.fields if change.name in (*CONTACTS, "external_id")
    ]
    found = [person for reading in readings if (person := find(reading))]
    return [person for person in found if person.customer.id != customer.id]


def _say_what_came_of_it(changes: Changes, anchor: dict[str, str]) -> None:
    """Read the profile back and say which fields are seen to be changed."""
    try:
        profile = read_profile(anchor)
    except Rees46Error:
        profile = None
    names = ", ".join(change.label for change in changes.fields)
    if profile is None:
        flash(_("Saved: %(names)s. Reading it back failed; look at the profile in a minute.", names=names), "warning")
        return
    there, late, other = changes.seen_back(texts_of(profile))
    flash(
        _("Saved: %(names)s.", names=names) + (" " + _("Read back and confirmed.") if there == changes.fields else ""),
        "success",
    )
    if late:
        flash(
            _("Not visible yet: %(names)s. REES46 may need a moment.", names=", ".join(one.label for one in late)),
            "warning",
        )
    if other:
        flash(_("REES46 shows something else for: %(names)s.", names=", ".join(one.label for one in other)), "warning")


def _texts(said: str | None) -> Texts:
    """Read what a hidden field remembers."""
    try:
        read = json.loads(said or "{}")
    except (ValueError, RecursionError):
        abort(400)
    if not isinstance(read, dict) or not all(isinstance(text, str) for text in read.values()):
        abort(400)
    return read


def _form(customer: KnownCustomer, form: EditForm, error: Rees46Error | None = None) -> Response:
    has = {name for name, text in _texts(form.seen.data).items() if text}
    failure = in_words(error) if error else None
    status = (422 if isinstance(error, Refused) else 502) if error else None
    return render("customers/edit.html", status, customer=customer, form=form, has=has, failure=failure)


def _review(  # all that the page shows
    customer: KnownCustomer, profile: Profile, form: EditForm, changes: Changes, *, others: list[Person], anchored: bool
) -> Response:
    dropped = {"csrf_token", "step", "shown", "reason"}
    carried = [pair for pair in request.form.items(multi=True) if pair[0] not in dropped]
    return render(
        "customers/review.html",
        customer=customer,
        profile=profile,
        form=form,
        changes=changes,
        others=others,
        carried=carried,
        anchored=anchored,
        again=request.form.get("step") == "save",
    )
