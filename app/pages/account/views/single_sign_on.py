"""Signing in by the company's own provider, and confirming by it who is here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, request, session
from flask import redirect as flask_redirect
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from app.pages.account import page
from app.pages.account.views.signing_in import go_on_signing_in
from app.web.page import open_to_all
from app.web.render import go
from app.web.sign_in import single_sign_on as sso
from app.web.sign_in.events import note_event
from app.web.sign_in.login import me, safe_next
from app.web.sign_in.proof import prove

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

WHERE = "after_single_sign_on"  # where the browser's cookie keeps where to go on, and whether it is to confirm
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


@page.get("/sso")
@open_to_all
def single_sign_on() -> ResponseReturnValue:
    if not sso.is_offered():
        return go(".sign_in")
    again = bool(request.args.get("again")) and current_user.is_authenticated
    if again and me().has_second_factor:  # the provider does not stand in for it
        return go(".confirm")
    session[WHERE] = [safe_next(), again]
    try:
        answer: ResponseReturnValue = sso.begin(again=again)
    except sso.NotLetIn as error:
        return _not_let_in(error.why)
    return answer


@page.get("/sso/back")
@open_to_all
def single_sign_on_back() -> ResponseReturnValue:
    """Take what the provider says. An account is never taken over by an address that nobody verified."""
    where, again = session.pop(WHERE, None) or [None, False]
    if where is None or not sso.is_offered():
        return go(".sign_in")
    try:
        told = sso.finish()
        if again and current_user.is_authenticated:
            return _confirm(told, where)
        answer = go_on_signing_in(sso.person_of(told))
    except sso.NotLetIn as error:
        return _not_let_in(error.why)
    if current_user.is_authenticated:
        return flask_redirect(where, 303)
    return answer  # the second step


def _confirm(told: sso.Told, where: str) -> ResponseReturnValue:
    if told.subject != me().subject or not told.is_fresh or me().has_second_factor:
        return _not_let_in("somebody_else")
    prove()
    return flask_redirect(where, 303)


def _not_let_in(why: str) -> ResponseReturnValue:
    note_event("account.SignInFailed", asked={"step": "single sign-on", "why": why})
    flash(str(WHY[why]), "danger")
    return go(".sign_in") if not current_user.is_authenticated else go(".index")
