"""What matters most asks again who is here, when that was shown more than 15 minutes ago (often called sudo mode).

Views declare it by `@asks_again` (app/web/page.py), and every table that leaves as a file asks by `prove_first`
(app/web/http/csv.py). What was typed is held meanwhile, and comes back.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Response, abort, render_template, request, session, url_for
from flask import redirect as flask_redirect
from flask_babel import gettext as _

from app.store import sessions
from app.store.base import now
from app.web.context import desk
from app.web.render import render, wants_fragment
from app.web.sign_in import waiting
from app.web.sign_in.forms import FactorForm, PresentPasswordForm
from app.web.sign_in.held import Held, here, typed
from app.web.sign_in.login import me, this_session
from app.web.sign_in.second_factor import factor_form
from app.web.sign_in.single_sign_on import may_confirm

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as BaseResponse

GOOD_FOR = timedelta(minutes=15)
SENT = "held-sent"  # a field: there was a form, if only a button


def is_proven() -> bool:
    """Whether whoever is here showed a short while ago that it is them."""
    return this_session().proven > now() - GOOD_FOR


def prove_first() -> None:
    """Go no further in a view before they do."""
    if not is_proven():
        abort(asked_again())


def asked_again() -> BaseResponse:
    """Ask who is here, and hold what was typed; htmx leaves the page as it is, and shows where to go."""
    if wants_fragment():
        return _told_beside()
    if request.method == "POST":
        return proof_page(proof_form(typed=False), 401, typed(), is_form=True, back=here())
    return flask_redirect(url_for("account.confirm", next=here()), 303)


def proof_form(*, typed: bool) -> FactorForm | PresentPasswordForm:
    """Ask for a code or a passkey, or for the password where there is no second factor."""
    if me().has_second_factor:
        return factor_form(me(), "passkey_proof", typed=typed)
    return PresentPasswordForm() if typed else PresentPasswordForm(formdata=None)


def proof_page(
    form: FactorForm | PresentPasswordForm, status: int | None, held: Held, *, is_form: bool, back: str
) -> Response:
    way = Held([*([(SENT, "y")] if is_form else []), *held.on_the_way])
    waits = waiting.keep(held) if is_form and may_confirm() else ""
    return render("errors/confirm.html", status, form=form, held=way, shown=held, back=back, waits=waits)


def _told_beside() -> Response:
    page = urlsplit(request.headers.get("HX-Current-URL", "")).path
    words = {
        "happened": _("This asks once more who is here."),
        "changed": _("Nothing was changed."),
        "advice": _("Confirm it in another tab, then press the button once more: what you typed stays here."),
        "link": url_for("account.confirm", next=page),
        "link_text": _("Confirm that it is you"),
        "again": here(),
        "request_id": None,
    }
    answer = Response(render_template("errors/panel.html", **words), status=403, mimetype="text/html")
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#messages", "innerHTML"
    return answer


def prove() -> None:
    """Note that they showed it; the session goes on under another token, and a copy of the old one is worth nothing."""
    with desk().writing() as db:
        token = sessions.prove_anew(db, this_session().id) or abort(401)
    session["_user_id"] = token  # where Flask-Login keeps it
