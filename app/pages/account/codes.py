"""Codes of the second factor that a form brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _
from flask_babel import ngettext

from app.store import second_factors
from app.web.context import desk
from app.web.sign_in.events import note_event
from app.web.sign_in.second_factor import is_right_code

if TYPE_CHECKING:
    from app.store.people import Person
    from app.web.sign_in.forms import CodeForm


def is_right_for(form: CodeForm, person: Person) -> bool:
    """Take the code, which is good once; the form says so where it is wrong."""
    if is_right_code(person, form.code.data or ""):
        return True
    note_event("account.SignInFailed", of=person, asked={"step": "code"})
    form.code.errors = [_("This code is wrong, or was used before. Wait for the next one, or take a recovery code.")]
    return False


def tell_codes_left(form: CodeForm, person: Person) -> None:
    """Say how many recovery codes there are still, after one was used."""
    if second_factors.TOTP.fullmatch(second_factors.normalised(form.code.data or "")):
        return
    with desk().reading() as db:
        left = second_factors.recovery_codes_left(db, person.id)
    words = ngettext("You have %(num)s recovery code left.", "You have %(num)s recovery codes left.", left)
    flash(words, "warning")
