"""What a form is answered with stands under a GET address with an opaque key: loading it again sends nothing again.

Forms that are refused are shown where they are, with their status; so are parts of a page that htmx swaps, since these
leave the address of the page as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, g, make_response, request, url_for
from flask import redirect as flask_redirect
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError
from structlog import get_logger

from app.store import results
from app.store.base import now
from app.store.results import Result
from app.vault import KeyChanged
from app.web.context import desk, settings
from app.web.masking import as_shown_here, contacts_are_masked, leave_whole

if TYPE_CHECKING:
    from flask import Response

TOKEN = "\ue000token\ue000"  # noqa: S105  # stands in a kept page where its CSRF token was
MASKED = "\ue001"  # begins a page that was masked as it was kept, while what the person typed was known


def is_result(status: int) -> bool:
    """Whether this answer to a form has to get an address of its own."""
    return request.method == "POST" and status == 200 and bool(current_user.is_authenticated)


def lead_to_result(title: str, main: str, *, seen_once: bool) -> Response | None:
    """Keep a page and redirect to it; None when it cannot be kept, such as on a full disk."""
    here = g.get("shop")
    result = Result(
        shop_id=here.id if here else None,
        person_id=current_user.id,
        endpoint=request.endpoint or "",
        seen_once=seen_once,
    )
    kept = MASKED + as_shown_here(main) if contacts_are_masked() else main
    result.put(as_shown_here(title), kept.replace(generate_csrf(), TOKEN), settings().key)
    try:
        with desk().writing() as db:
            results.keep(db, result)
    except DBAPIError as error:
        get_logger().warning("a result was not kept", kind=type(error.orig).__name__)
        return None
    return make_response(flask_redirect(url_for("results.show" if here else "account.result", key=result.key), 303))


def page_of(result: Result | None) -> tuple[str, Markup]:
    """Give title and content of a page that was kept for whoever is here, with a token that is valid now."""
    if result is None or result.person_id != current_user.id or result.expires <= now():
        abort(404)
    try:
        title, main = result.page(settings().key)
    except KeyChanged:
        abort(404)
    if result.seen_once:
        with desk().writing() as db:
            results.forget(db, result)
    g.shown_page = result.endpoint.rpartition(".")[0]
    if main.startswith(MASKED):
        leave_whole()
    return title, Markup(main.removeprefix(MASKED).replace(TOKEN, generate_csrf()))  # noqa: S704  # our own templates made it
