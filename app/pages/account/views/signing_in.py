"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, g, request, url_for
from flask import redirect as flask_redirect
from flask_babel import gettext as _
from flask_login import current_user

from app.pages.account import page
from app.pages.account.codes import is_right_factor, tell_codes_left
from app.pages.account.forms import SignInForm
from app.store import people
from app.store.people import Person
from app.web.context import desk
from app.web.page import open_to_all
from app.web.render import render
from app.web.sign_in import waiting
from app.web.sign_in.events import note_event
from app.web.sign_in.held import SIGN_IN_FIRST, Held, after_sign_in, held
from app.web.sign_in.login import begin_session, end_session, safe_next
from app.web.sign_in.passwords import TooManyTries, is_right, limits_of_sign_in, remember_device
from app.web.sign_in.second_factor import begin_half, end_half, factor_form, half_signed_in, is_asked_of
from app.web.sign_in.single_sign_on import is_offered, may_use_password

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

# No "cookies": a browser would throw away those of all hosts of the domain, and here language, colours and the mark of
# a known device. The one that signs in is taken back by itself, and worth nothing any more.
CLEARED = '"cache", "storage"'


@page.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return flask_redirect(safe_next())
    form = SignInForm(formdata=None) if SIGN_IN_FIRST in request.form else SignInForm()
    try:
        if form.validate_on_submit() and (person := _person_of(form)):
            return go_on_signing_in(person, held(), safe_next())
    except TooManyTries as tries:
        form.refuse(tries.words())
        return tries.on(sign_in_page(form, 429, held(), safe_next()))
    return sign_in_page(form, 401 if SIGN_IN_FIRST in request.form else None, held(), safe_next())


def sign_in_page(form: SignInForm, status: int | None, said: Held, where: str) -> Response:
    """Ask who is here; what was typed before goes along, also by way of single sign-on."""
    waits = waiting.keep(said) if said and is_offered() else ""
    return render("account/sign_in.html", status, form=form, held=said, where=where, waits=waits)


def _person_of(form: SignInForm) -> Person | None:
    """Check the password; the answer is the same for a wrong one and for an unknown address."""
    with desk().reading() as db:
        person = people.by_email(db, form.email.data or "")
    right = is_right(person, form.password.data or "", limits_of_sign_in(person, form.email.data or ""))
    if right and person and person.active and not person.is_password_expired:
        if may_use_password(person):
            return person
        form.refuse(_("Passwords are switched off here. Use single sign-on."))
        return None
    note_event("account.SignInFailed", of=person, asked={"step": "password"})
    if right and person and person.active:
        form.refuse(_("This password was good for a day and was not changed. Ask an administrator for a new one."))
        return None
    form.refuse(_("E-mail or password is wrong."))
    return None


def go_on_signing_in(person: Person, said: Held, where: str) -> ResponseReturnValue:
    """Somebody showed their password or a link: what is left is the second factor, of whoever has one."""
    return _ask_for_second(person, said, where) if is_asked_of(person) else _signed_in(person, said, where)


def _ask_for_second(person: Person, said: Held, where: str) -> ResponseReturnValue:
    """The password was right: go on to the second step, with what was typed before."""
    begin_half(person)
    if not said:
        return flask_redirect(url_for(".second_step", next=where), 303)
    g.pop("csrf_token", None)  # it belongs to what the browser kept before
    form = factor_form(person, "passkey_sign_in", typed=False)
    return render("account/second_step.html", 200, form=form, held=said, where=where)


def _signed_in(person: Person, said: Held, where: str, *, with_factor: bool = False) -> ResponseReturnValue:
    """Begin the session, and go where they wanted to, or give back what they had typed."""
    begin_session(person, with_factor=with_factor)
    note_event("account.SignIn", of=person, asked={"second_factor": with_factor})
    back = after_sign_in(where, said) if said else flask_redirect(where, 303)
    return remember_device(back, person)


@page.route("/second-step", methods=["GET", "POST"])
@open_to_all
def second_step() -> ResponseReturnValue:
    """Ask for a code or a passkey of whoever came with the right password a moment ago."""
    if current_user.is_authenticated:
        return flask_redirect(safe_next())
    person = half_signed_in()
    if person is None:
        flash(_("That took too long. Sign in once more."), "info")
        return sign_in_page(SignInForm(formdata=None), 401, held(), safe_next())
    form = factor_form(person, "passkey_sign_in", typed=True)
    try:
        if form.validate_on_submit() and is_right_factor(form, person) and end_half():
            answer = _signed_in(person, held(), safe_next(), with_factor=True)
            tell_codes_left(form, person)
            return answer
    except TooManyTries as tries:
        form.refuse(tries.words())
        return tries.on(render("account/second_step.html", 429, form=form, held=held(), where=safe_next()))
    return render("account/second_step.html", form=form, held=held(), where=safe_next())


@page.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    note_event("account.SignOut")
    end_session()
    answer = flask_redirect(url_for("account.sign_in"), 303)
    answer.headers["Clear-Site-Data"] = CLEARED
    return answer
