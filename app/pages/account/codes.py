"""Codes and passkeys of the second factor that a form brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _
from flask_babel import ngettext

from app.store import second_factors
from app.web.context import desk
from app.web.sign_in.events import note_event
from app.web.sign_in.passkeys import PasskeyRefused
from app.web.sign_in.second_factor import is_right_code, passkey_that_answered

if TYPE_CHECKING:
    from app.store.people import Person
    from app.web.sign_in.forms import CodeForm, FactorForm

STEPS = {"passkey_sign_in": "sign in", "passkey_proof": "confirm"}


def is_right_factor(form: FactorForm, person: Person) -> bool:
    """Take a passkey's answer or a code; the form says so where it is wrong, and both stand in the trail."""
    if not form.passkey.data:
        return is_right_for(form, person)
    try:
        passkey = passkey_that_answered(person, form.passkey.data, form.purpose)
    except PasskeyRefused as refused:
        note_event("account.PasskeyRefused", of=person, asked={"step": STEPS[form.purpose], "why": refused.why})
        form.refuse(words_of(refused))
        return False
    finally:
        form.passkey.data = ""  # it is used up
    note_event("account.UsePasskey", of=person, asked={"step": STEPS[form.purpose], "passkey": passkey.name})
    return True


def words_of(refused: PasskeyRefused) -> str:
    if refused.why == "late":
        return _("That took too long, or was sent twice. Nothing was changed. Try once more.")
    if refused.why == "counter":
        return _(
            "This passkey counts backwards: there may be a copy of it. Use another factor, and tell an administrator."
        )
    return _("This passkey was not accepted. Nothing was changed. Try another one, or type a code.")


def is_right_for(form: CodeForm, person: Person) -> bool:
    """Take the code, which is good once; the form says so where it is wrong."""
    if is_right_code(person, form.code.data or ""):
        return True
    note_event("account.SignInFailed", of=person, asked={"step": "code"})
    form.code.errors = [_("This code is wrong, or was used before. Wait for the next one, or take a recovery code.")]
    return False


def tell_codes_left(form: CodeForm, person: Person) -> None:
    """Say how many recovery codes there are still, after one was used."""
    written = second_factors.normalised(form.code.data or "")
    if not written or second_factors.TOTP.fullmatch(written):
        return
    with desk().reading() as db:
        left = second_factors.recovery_codes_left(db, person.id)
    words = ngettext("You have %(num)s recovery code left.", "You have %(num)s recovery codes left.", left)
    flash(words, "warning")
