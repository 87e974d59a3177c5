"""Showing once more who is here, before what matters most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect as flask_redirect
from flask import request
from flask_babel import gettext as _

from app.pages.account import page
from app.pages.account.codes import is_right_factor, tell_codes_left
from app.store.wrong_passwords import of_session
from app.web.sign_in.events import note_event
from app.web.sign_in.forms import FactorForm
from app.web.sign_in.held import after_proof, held
from app.web.sign_in.login import me, safe_next
from app.web.sign_in.passwords import TooManyTries, is_right
from app.web.sign_in.proof import SENT, proof_form, proof_page, prove

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.web.sign_in.forms import PresentPasswordForm


@page.route("/confirm", methods=["GET", "POST"])
def confirm() -> ResponseReturnValue:
    """Take a code, a passkey, or the password of whoever has no second factor; then go on with what was wanted."""
    form, is_form = proof_form(typed=True), SENT in request.form
    try:
        if form.validate_on_submit() and _is_right(form):
            prove()
            return after_proof(safe_next(), held()) if is_form else flask_redirect(safe_next(), 303)
    except TooManyTries as tries:
        form.refuse(tries.words())
        return tries.on(proof_page(form, 429, held(), is_form=is_form, back=safe_next()))
    return proof_page(form, None, held(), is_form=is_form, back=safe_next())


def _is_right(form: FactorForm | PresentPasswordForm) -> bool:
    if isinstance(form, FactorForm):
        if is_right_factor(form, me()):
            tell_codes_left(form, me())
            return True
        return False
    if is_right(me(), form.password.data or "", [of_session(me().id)]):
        return True
    note_event("account.SignInFailed", of=me(), asked={"step": "confirm"})
    form.password.errors = [_("This is not your present password.")]
    return False
