"""Forms that come too late, from somebody who was signed out or with an old token: nothing that was typed is lost.

The page that says so holds the fields, and sends them again at the press of a button. Only forms of shops are held:
what is typed outside of them may be a password.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.web.render import render

if TYPE_CHECKING:
    from flask import Response

PREFIX = "held."  # of a field on the way through the sign-in page
SIGN_IN_FIRST = "sign_in_first"


def is_worth_holding() -> bool:
    """Whether this request is a form of a shop that says anything."""
    rule = request.url_rule
    return request.method == "POST" and rule is not None and "shop" in rule.arguments and bool(_typed())


def _typed() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]


def held() -> list[tuple[str, str]]:
    """The fields that the page before this one held, under their own names."""
    pairs = request.form.items(multi=True)
    return [(name.removeprefix(PREFIX), value) for name, value in pairs if name.startswith(PREFIX)]


def through_sign_in() -> Response:
    """Hold the form while its sender signs in."""
    fields = [(SIGN_IN_FIRST, "y"), *((PREFIX + name, value) for name, value in _typed())]
    return _page(401, _("You have been signed out."), _("Sign in"), fields, url_for("account.sign_in", next=_here()))


def after_sign_in(action: str, fields: list[tuple[str, str]]) -> Response:
    """Give the form back to its sender, who is signed in again."""
    g.pop("csrf_token", None)  # it belongs to the session that is over
    return _page(200, _("You are signed in again."), _("Send it now"), fields, action)


def given_back() -> Response:
    """Give a form whose token was too old back with one that is valid, if need be by way of signing in."""
    if not current_user.is_authenticated:
        return through_sign_in()
    happened = _("The page was open for too long, or you signed in again since.")
    return _page(400, happened, _("Send it now"), _typed(), _here())


def _here() -> str:
    return request.full_path if request.query_string else request.path


def _page(status: int, happened: str, button: str, fields: list[tuple[str, str]], action: str) -> Response:
    return render("errors/held.html", status, happened=happened, button=button, fields=fields, action=action)
