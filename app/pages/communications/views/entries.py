"""One communication: as it stands now, what stood there before, and correcting it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from flask import flash, request
from flask_babel import gettext as _

from app.pages.communications import page
from app.pages.communications.forms import EditForm, digest
from app.pages.communications.reading import Entry, entry_of, remembered, vocabulary
from app.pages.communications.vocabulary import LISTS
from app.rees46 import communications
from app.rees46.errors import Rees46Error
from app.store import communications as archive
from app.store.communications import FIELDS
from app.web.context import desk
from app.web.customers.identity import identity_for
from app.web.customers.keys import customer_or_404
from app.web.error_words import in_words
from app.web.page import SUPPORT, needs
from app.web.rees46 import About, act
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from datetime import datetime

    from flask.typing import ResponseReturnValue

    from app.store.communications import Communication, Version
    from app.store.customers import KnownCustomer

Change = tuple["datetime", "str | None", list[tuple[Any, Any, Any]]]  # when, by whom, what from what to what


@page.get("/of/<key>/<number>")
def show(key: str, number: str) -> ResponseReturnValue:
    customer = customer_or_404(key)
    entry = entry_of(customer, number)
    with desk().reading() as db:
        former = archive.versions(db, entry.kept.id)
    return render(
        "communications/show.html",
        customer=customer,
        entry=entry,
        history=history_of(entry.kept, former),
        words=vocabulary(),
    )


def history_of(kept: Communication, former: list[Version]) -> list[Change]:
    """Tell each change by what it changed, the latest first."""
    states = [kept.fields, *(version.fields for version in former)]
    return [
        (version.at, version.changed_by, differences(before, after))
        for version, (after, before) in zip(former, pairwise(states), strict=True)
    ]


def differences(before: dict[str, Any], after: dict[str, Any]) -> list[tuple[Any, Any, Any]]:
    labels = {**LISTS, "comment": _("What was said")}
    return [(labels[name], before.get(name), after.get(name)) for name in FIELDS if before.get(name) != after.get(name)]


@page.route("/of/<key>/<number>/edit", methods=["GET", "POST"])
@needs(SUPPORT)
def edit(key: str, number: str) -> ResponseReturnValue:
    """Correct it: it is read anew first, and somebody else's change in between is not overwritten."""
    customer = customer_or_404(key)
    entry, trouble = _entry(customer, number)
    form = _form(customer, entry, asked=request.method == "POST" and not trouble)
    if trouble:
        form.refuse(trouble)
    elif form.validate_on_submit() and _is_a_change(form) and _edited(form, customer, entry):
        flash(_("Corrected. What stood there before is kept."), "success")
        return go(".show", key=key, number=number)
    return render("communications/edit.html", customer=customer, entry=entry, form=form)


def _entry(customer: KnownCustomer, number: str) -> tuple[Entry, str]:
    """Read it anew; when REES46 does not answer, what somebody has typed must not be lost."""
    try:
        return entry_of(customer, number), ""
    except Rees46Error as error:
        if request.method != "POST":
            raise
        return remembered(customer, number), _said(error)


def _said(error: Rees46Error) -> str:
    return " ".join(filter(None, in_words(error).values()))


def _form(customer: KnownCustomer, entry: Entry, *, asked: bool) -> EditForm:
    now = entry.kept.fields
    form = EditForm(data={**now, "seen": digest(now)})
    form.now, form.number = now, entry.kept.number
    form.who = identity_for(communications.Edit, customer) if asked else {}
    form.offer(vocabulary(), now)
    return form


def _is_a_change(form: EditForm) -> bool:
    if form.seen.data != digest(form.now):
        form.refuse(_("Somebody changed it while you were writing. Look at it as it is now, then save once more."))
        form.seen.data = digest(form.now)
        return False
    if not form.changes():
        form.refuse(_("Nothing differs from what stands there, so nothing was sent."))
        return False
    return True


def _edited(form: EditForm, customer: KnownCustomer, entry: Entry) -> bool:
    """Send what differs, and keep what stood there before."""
    changes = form.changes()
    before = {name: form.now.get(name) for name in changes}
    try:
        act(form.operation, About(customer=customer, before=before, after=changes))
    except Rees46Error as error:
        form.refuse(_said(error))
        return False
    with desk().writing() as db:
        archive.keep(db, shop().id, customer.id, entry.kept.number, {**form.now, **changes}, by=me().name)
    return True
