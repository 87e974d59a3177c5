"""Signing in by the company's own provider, and confirming by it who is here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, request, session
from flask import redirect as flask_redirect
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.pages.account import page
from app.pages.account.forms import SignInForm
from app.pages.account.views.signing_in import go_on_signing_in, sign_in_page
from app.web.page import open_to_all
from app.web.render import go
from app.web.sign_in import single_sign_on as sso
from app.web.sign_in import waiting
from app.web.sign_in.events import note_event
from app.web.sign_in.held import Held, after_proof
from app.web.sign_in.login import me, safe_next
from app.web.sign_in.proof import proof_form, proof_page, prove

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

WAY = "way_of_single_sign_on"  # where the cookie keeps where to go on, which form waits, and whether to confirm
WHY = {
    "away": _l("The provider of single sign-on does not answer. Try again in a minute."),
    "failed": _l("The provider did not say who you are. Nothing was changed. Try once more."),
    "unknown": _l("You are known to the provider, and not here. Ask an administrator to add you."),
    "unverified": _l("The provider did not say that it verified your address. Ask an administrator."),
    "inactive": _l("You may not sign in here. Ask an administrator."),
    "other": _l("This address belongs to another account of the provider. Ask an administrator."),
    "no_group": _l("None of your groups has a role here. Ask whoever runs the provider."),
    "somebody_else": _l("That was somebody else. Nothing was confirmed."),
}


@page.record_once
def for_templates(state: Any) -> None:
    state.app.jinja_env.globals["single_sign_on"] = sso.is_offered
    state.app.jinja_env.globals["may_confirm_by_single_sign_on"] = sso.may_confirm


@page.get("/sso")
@open_to_all
def single_sign_on() -> ResponseReturnValue:
    if not sso.is_offered():
        return go(".sign_in")
    again = request.args.get("again", "") if current_user.is_authenticated else ""
    if again and me().has_second_factor:  # the provider does not stand in for it
        return go(".confirm")
    session[WAY] = [safe_next(), request.args.get("form", ""), again]
    try:
        answer: ResponseReturnValue = sso.begin(again=bool(again))
    except sso.NotLetIn as error:
        return _not_let_in(error.why, *_way())
    return answer


@page.get("/sso/back")
@open_to_all
def single_sign_on_back() -> ResponseReturnValue:
    """Take what the provider says. An account is never taken over by an address that nobody verified."""
    if WAY not in session or not sso.is_offered():
        return go(".sign_in")
    where, key, again = _way()
    said = waiting.read(key)
    try:
        told = sso.finish()
        if again and current_user.is_authenticated:
            answer = _confirm(told, where, said)
        else:
            answer = go_on_signing_in(sso.person_of(told), said or Held(), where)
    except sso.NotLetIn as error:
        return _not_let_in(error.why, where, key, again)
    waiting.forget(key)
    return answer


def _way() -> tuple[str, str, str]:
    """Take where to go on, which form waits, and whether the way is to confirm."""
    where, key, again = session.pop(WAY)
    return where, key, again


def _confirm(told: sso.Told, where: str, said: Held | None) -> ResponseReturnValue:
    if told.subject != me().subject or not told.is_fresh or me().has_second_factor:
        raise sso.NotLetIn("somebody_else")
    prove()
    return flask_redirect(where, 303) if said is None else after_proof(where, said)


def _not_let_in(why: str, where: str, key: str, again: str) -> ResponseReturnValue:
    """Say why, and ask once more; what was typed waits on."""
    note_event("account.SignInFailed", asked={"step": "single sign-on", "why": why})
    flash(str(WHY[why]), "danger")
    said = waiting.read(key)
    if not current_user.is_authenticated:
        return sign_in_page(SignInForm(formdata=None), 401, said or Held(), where)
    if again:
        return proof_page(proof_form(typed=False), 401, said or Held(), is_form=said is not None, back=where)
    return go(".index")
