"""Forms that come too late, from somebody who was signed out or with an old token: nothing that was typed is lost.

The page that says so holds the fields, and sends them again at the press of a button. Two things it cannot hold, and
says so: files, which have to be chosen again there, and passwords and keys, which stand in no page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from app.web.render import render

if TYPE_CHECKING:
    from flask import Response

PREFIX, FILE = "held.", "held-file."  # of a field, and of the name of a file, on the way through the sign-in page
SIGN_IN_FIRST, SECRET = "sign_in_first", "held-secret"  # fields of that way, too  # the name of a field
SECRETS = {"password", "old", "new", "again", "secret", "chat_secret", "code"}  # fields of pages outside of shops
SIGN_IN = "account.sign_in"
OPEN = {SIGN_IN, "account.second_step", "account.by_link"}  # which one sends without being signed in
NOTHING_TYPED = {"account.theme", "account.language", "account.end_other", "shops.switch"}


@dataclass(frozen=True)
class Held:
    """What a form said: its fields, the names of files by their fields, and whether secrets were left out."""

    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[tuple[str, str]] = field(default_factory=list)
    is_secret_missing: bool = False

    def __bool__(self) -> bool:
        return bool(self.fields or self.files)

    @property
    def on_the_way(self) -> list[tuple[str, str]]:
        """The fields that carry it through the sign-in page."""
        fields = [(PREFIX + name, value) for name, value in self.fields]
        files = [(FILE + name, value) for name, value in self.files]
        return [*fields, *files, *([(SECRET, "y")] if self.is_secret_missing else [])]


def is_worth_holding() -> bool:
    """Whether this request is a form that says anything."""
    rule = request.url_rule
    return request.method == "POST" and rule is not None and rule.endpoint not in NOTHING_TYPED and bool(typed())


def typed() -> Held:
    """What this request says. In shops no field is a secret; `again` is an address there."""
    is_outside = request.url_rule is not None and "shop" not in request.url_rule.arguments
    pairs = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    fields = [(name, value) for name, value in pairs if not (is_outside and name in SECRETS)]
    files = [(name, file.filename) for name, file in request.files.items(multi=True) if file.filename]
    return Held(fields, files, len(fields) < len(pairs))


def held() -> Held:
    """What the page before this one held, under its own names."""
    pairs = list(request.form.items(multi=True))
    return Held(
        [(name.removeprefix(PREFIX), value) for name, value in pairs if name.startswith(PREFIX)],
        [(name.removeprefix(FILE), value) for name, value in pairs if name.startswith(FILE)],
        SECRET in request.form,
    )


def through_sign_in() -> Response:
    """Hold the form while its sender signs in."""
    said = typed()
    way = Held([(SIGN_IN_FIRST, "y"), *said.on_the_way])
    where, happened = url_for(SIGN_IN, next=here()), _("You have been signed out.")
    return _page(401, _("Sign in"), where, sent=way, shown=said, happened=happened)


def after_proof(action: str, said: Held) -> Response:
    """Give the form back to its sender, who showed again who they are; nothing was done yet, so it is no result."""
    return _page(202, _("Send it now"), action, sent=said, shown=said, happened=_("It is you. The form waits."))


def after_sign_in(action: str, said: Held) -> Response:
    """Give the form back to its sender, who is signed in again."""
    g.pop("csrf_token", None)  # it belongs to the session that is over
    happened = _("You are signed in again.")
    return _page(200, _("Send it now"), action, sent=said, shown=said, happened=happened)


def given_back() -> Response:
    """Give a form whose token was too old back with one that is valid, if need be by way of signing in."""
    if not current_user.is_authenticated and request.endpoint not in OPEN:
        return through_sign_in()
    happened = _("The page was open for too long, or you signed in again since.")
    said = typed()
    return _page(400, _("Send it now"), here(), sent=said, shown=said, happened=happened)


def here() -> str:
    """Give the address of this request, for coming back to it."""
    return request.full_path if request.query_string else request.path


def _page(status: int, button: str, action: str, *, sent: Held, shown: Held, happened: str) -> Response:
    return render("errors/held.html", status, button=button, action=action, sent=sent, shown=shown, happened=happened)
