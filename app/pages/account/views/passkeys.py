"""Passkeys of one's own: adding, naming and removing them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, request
from flask_babel import gettext as _

from app.pages.account import page
from app.pages.account.codes import words_of
from app.pages.account.forms import NewPasskeyForm, PasskeyNameForm
from app.store import passkeys, second_factors, sessions
from app.store.acts import done_at_once
from app.web.context import desk, settings
from app.web.page import asks_again
from app.web.rees46 import About, new_act
from app.web.render import go, render
from app.web.sign_in.device import device_name
from app.web.sign_in.events import note_event
from app.web.sign_in.login import me, this_session
from app.web.sign_in.passkeys import PasskeyRefused, host_here, is_offered, options_of_new, read_new

if TYPE_CHECKING:
    from typing import Any

    from flask import Response
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from app.store.passkeys import Passkey


@page.record_once
def for_templates(state: Any) -> None:
    state.app.jinja_env.globals["passkeys_offered"] = is_offered
    state.app.jinja_env.globals["public_url"] = lambda: settings().public_url


@page.route("/passkeys/add", methods=["GET", "POST"])
@asks_again
def add_passkey() -> ResponseReturnValue:
    """Keep the passkey that the browser made, sign out everywhere else, and show the first recovery codes."""
    form = NewPasskeyForm(name=device_name(request.user_agent.string)[: passkeys.NAME])
    if not is_offered() or not form.validate_on_submit():
        return _ask_for_new(form)
    try:
        passkey = read_new(form.passkey.data or "", me(), form.name.data or "")
    except PasskeyRefused as refused:
        note_event("account.PasskeyRefused", of=me(), asked={"step": "add", "why": refused.why})
        form.refuse(words_of(refused))
        return _ask_for_new(form)
    with desk().writing() as db:
        codes = _keep(db, passkey)
    if codes:
        return render("account/recovery_codes.html", codes=codes, seen_once=True)
    flash(_("The passkey %(name)s is added. You are signed out everywhere else.", name=passkey.name), "success")
    return go(".second_factor")


def _ask_for_new(form: NewPasskeyForm) -> Response:
    form.passkey.data = ""  # it is used up
    return render("account/add_passkey.html", form=form, options=options_of_new(me()) if is_offered() else "")


def _keep(db: Session, passkey: Passkey) -> list[str]:
    """Write it down with its act; gives the recovery codes that come with the first factor."""
    if passkeys.number_of(db, me().id) >= passkeys.MOST:
        abort(409, _("You have %(most)s passkeys. Remove one first.", most=passkeys.MOST))
    if passkeys.by_credential(db, passkey.credential_id):
        abort(409, _("This passkey is in use already."))
    db.add(passkey)
    db.add(done_at_once(new_act("account.AddPasskey", None, About(after={"passkey": passkey.name}), {})))
    sessions.end_all(db, me().id, but=this_session().id)
    return second_factors.first_recovery_codes(db, me().id)


@page.route("/passkeys/<int:number>", methods=["GET", "POST"])
def passkey(number: int) -> ResponseReturnValue:
    """Show one passkey, and give it another name."""
    with desk().reading() as db:
        row = passkeys.mine(db, me().id, number) or abort(404)
    form = PasskeyNameForm(obj=row)
    if not form.validate_on_submit():
        return render("account/passkey.html", form=form, passkey=row)
    name = form.name.data or ""
    with desk().writing() as db:
        kept = passkeys.mine(db, me().id, number) or abort(404)
        about = About(before={"passkey": kept.name}, after={"passkey": name})
        kept.name = name
        db.add(done_at_once(new_act("account.RenamePasskey", None, about, {})))
    flash(_("Saved."), "success")
    return go(".second_factor")


@page.post("/passkeys/<int:number>/remove")
@asks_again
def remove_passkey(number: int) -> ResponseReturnValue:
    """Take a passkey away; the last factor stays where an administrator demands one."""
    with desk().writing() as db:
        row = passkeys.mine(db, me().id, number) or abort(404)
        name = row.name
        second_factors.end_passkey(db, me().id, number)
        was_last = me().has_second_factor and not second_factors.has_one(db, me().id, host_here())
        if me().needs_second_factor and was_last:
            abort(409, _("Your role has to have a second factor, and this is your last. Add another one first."))
        sessions.end_all(db, me().id, but=this_session().id)
        db.add(done_at_once(new_act("account.RemovePasskey", None, About(before={"passkey": name}), {})))
    flash(_("The passkey %(name)s is removed. You are signed out everywhere else.", name=name), "success")
    return go(".second_factor")
