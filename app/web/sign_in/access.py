"""Who may do what: deny by default, checked before every view, also those that answer fragments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Response, abort, current_app, request, url_for
from flask import redirect as flask_redirect

from app.web.page import ADMINS, Page
from app.web.render import go, wants_fragment
from app.web.shops import open_shop, shown_shop
from app.web.sign_in.events import note_refusal
from app.web.sign_in.held import is_worth_holding, through_sign_in
from app.web.sign_in.login import me
from app.web.sign_in.proof import asked_again, is_proven

if TYPE_CHECKING:
    from flask import Flask
    from flask.typing import ResponseReturnValue
    from werkzeug.wrappers import Response as BaseResponse

    from app.store.people import Role

WITH_TEMPORARY_PASSWORD = {"account.choose_password", "account.sign_out"}
WITHOUT_SECOND_FACTOR = {
    "account.confirm",
    "account.second_factor",
    "account.authenticator_app",
    "account.add_passkey",
    "account.passkey",
    "account.remove_passkey",
    "account.begin_second_factor",
    "account.confirm_second_factor",
    "account.sign_out",
}
READING = {"GET", "HEAD", "OPTIONS"}


def init_app(app: Flask) -> None:
    app.before_request(check)
    app.jinja_env.globals["may"] = may


def check() -> ResponseReturnValue | None:
    """Stop a request whose person or role does not fit."""
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static" or getattr(view, "open_to_all", False):
        return None
    person = me()
    if not person.is_authenticated:
        return sign_in_first()
    if person.temporary_until is not None and request.endpoint not in WITH_TEMPORARY_PASSWORD:
        return go("account.choose_password")
    if is_second_factor_due() and request.endpoint not in WITHOUT_SECOND_FACTOR:
        return go("account.second_factor")
    open_shop()
    if not person.may(roles_for(request.endpoint or "", request.method)):
        note_refusal()
        abort(403)
    if getattr(view, "asks_again", False) and not is_proven():
        return asked_again()
    return None


def is_second_factor_due() -> bool:
    """Whether whoever is here has to set up a second factor before anything else."""
    return bool(me().needs_second_factor and not me().has_second_factor)


def sign_in_first() -> BaseResponse:
    """Lead to the sign-in page, with what was typed; htmx gets a bare 401, and the page says why."""
    if wants_fragment():
        return Response(status=401)
    if is_worth_holding():
        return through_sign_in()
    if request.path == url_for("start.index"):  # nobody asked for a page yet, so there is nothing to explain
        return flask_redirect(url_for("account.sign_in"))
    answer: BaseResponse = current_app.login_manager.unauthorized()  # type: ignore[attr-defined]  # Flask-Login puts it there
    return answer


def roles_for(endpoint: str, method: str) -> frozenset[Role]:
    """Find the roles that a view wants; admins are always in."""
    view: Any = current_app.view_functions.get(endpoint)
    own: frozenset[Role] | None = getattr(view, "needs", None)
    if own is not None:
        return own
    page = current_app.blueprints.get(endpoint.rpartition(".")[0])
    if not isinstance(page, Page):
        return ADMINS
    return page.sees if method in READING else page.acts


def may(endpoint: str, method: str = "POST") -> bool:
    """Tell a template whether to offer an act: `{% if may("segments.add") %}`."""
    person = me()
    if not person.is_authenticated:
        return False
    page, here = current_app.blueprints.get(endpoint.rpartition(".")[0]), shown_shop()
    is_in_shop = isinstance(page, Page) and page.in_shop and here is not None
    where = here.id if is_in_shop and here else 0
    return person.may_in(where, roles_for(endpoint, method))
