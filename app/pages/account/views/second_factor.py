"""Setting up an authenticator app, new recovery codes, and taking the app away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash
from flask_babel import gettext as _

from app.pages.account import page
from app.pages.account.codes import is_right_for, tell_codes_left
from app.store import passkeys, second_factors, sessions
from app.store.acts import done_at_once
from app.vault import KeyChanged
from app.web.context import desk, settings
from app.web.page import asks_again
from app.web.qr_codes import draw
from app.web.rees46 import About, new_act, noted
from app.web.render import go, render
from app.web.sign_in.forms import CodeForm
from app.web.sign_in.login import me, this_session
from app.web.sign_in.passkeys import host_here
from app.web.sign_in.passwords import TooManyTries
from app.web.sign_in.proof import asked_again, is_proven

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

    from app.store.second_factors import SecondFactor
    from app.web.forms.fields import Form


@page.get("/second-factor")
def second_factor() -> ResponseReturnValue:
    with desk().reading() as db:
        is_there = second_factors.has_any(db, me().id)
    return _manage(CodeForm(formdata=None)) if is_there else _set_up(CodeForm(formdata=None))


@page.get("/second-factor/app")
def authenticator_app() -> ResponseReturnValue:
    """Set an app up, also beside a passkey."""
    with desk().reading() as db:
        if second_factors.of_person(db, me().id):
            return go(".second_factor")
    return _set_up(CodeForm(formdata=None))


def _set_up(form: Form, status: int | None = None) -> Response:
    """Show the secret that waits for its first code, if there is one."""
    with desk().reading() as db:
        factor = second_factors.to_confirm(db, me().id)
    secret = _secret_of(factor) if factor else ""
    symbol = draw(second_factors.address_of(factor, me().email, settings().key), "m") if factor and secret else None
    return render("account/set_up_second_factor.html", status, form=form, secret=secret, symbol=symbol)


def _secret_of(factor: SecondFactor) -> str:
    """Give the secret in groups of four; nothing when the secret key changed since it was made: they begin anew."""
    try:
        secret = second_factors.secret_of(factor, settings().key)
    except KeyChanged:
        return ""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _manage(form: Form, status: int | None = None) -> Response:
    with desk().reading() as db:
        factor, mine = second_factors.of_person(db, me().id), passkeys.of_person(db, me().id)
        left = second_factors.recovery_codes_left(db, me().id)
    since = factor.confirmed if factor else None
    return render(
        "account/second_factor.html", status, form=form, since=since, left=left, passkeys=mine, host=host_here()
    )


@page.post("/second-factor/begin")
@asks_again
def begin_second_factor() -> ResponseReturnValue:
    with desk().writing() as db:
        if not second_factors.begin(db, me().id, settings().key):
            abort(409, _("You have a second factor. Remove it first."))
    return go(".authenticator_app")


@page.post("/second-factor/confirm")
def confirm_second_factor() -> ResponseReturnValue:
    """Put it in force by its first code, sign out everywhere else, and show new recovery codes this one time."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _set_up(form)
    with desk().writing() as db:
        factor = second_factors.to_confirm(db, me().id) or abort(409, _("This took too long. Begin once more."))
        codes = second_factors.confirm(db, factor, form.code.data or "", settings().key)
        if codes is not None:
            sessions.end_all(db, me().id, but=this_session().id)
            db.add(done_at_once(new_act("account.SecondFactor", None, About(), {})))
    if codes is None:
        form.code.errors = [_("This is not the code that the app shows now. Is the clock of the phone right?")]
        return _set_up(form)
    if not codes:  # a passkey brought them already
        flash(_("Your authenticator app is in use. You are signed out everywhere else."), "success")
        return go(".second_factor")
    return render("account/recovery_codes.html", codes=codes, seen_once=True)


@page.post("/second-factor/recovery-codes")
def new_recovery_codes() -> ResponseReturnValue:
    form = CodeForm()
    if (refused := _refused(form)) is not None:
        return refused
    with noted("account.RecoveryCodes"), desk().writing() as db:
        codes = second_factors.new_recovery_codes(db, me().id)
    return render("account/recovery_codes.html", codes=codes, seen_once=True)


@page.post("/second-factor/end")
def end_second_factor() -> ResponseReturnValue:
    """Take the app away, for whoever has a code of it."""
    form = CodeForm()
    if (refused := _refused(form)) is not None:
        return refused
    with noted("account.NoSecondFactor"), desk().writing() as db:
        second_factors.end_app(db, me().id)
        sessions.end_all(db, me().id, but=this_session().id)
    flash(_("Your second factor is removed. You are signed out everywhere else."), "success")
    return go(".index")


def _refused(form: CodeForm) -> ResponseReturnValue | None:
    """Take the code of a form, or answer why not; who has a passkey may show themselves by it instead."""
    if not me().has_second_factor:
        abort(409, _("You have no second factor."))
    with desk().reading() as db:
        has_passkey = passkeys.number_of(db, me().id) > 0
    if has_passkey:
        return None if is_proven() else asked_again()
    try:
        if form.validate_on_submit() and is_right_for(form, me()):
            tell_codes_left(form, me())
            return None
    except TooManyTries as tries:
        form.refuse(tries.words())
        return tries.on(_manage(form, 429))
    return _manage(form)
