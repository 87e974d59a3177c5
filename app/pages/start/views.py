"""Leading on: to the shop to begin with, from addresses of before shops stood in them, and from those of forms."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import current_app, request, url_for
from flask import redirect as flask_redirect
from flask_login import current_user
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from app.pages.start import page
from app.store import shops
from app.store.people import Role
from app.web.context import desk
from app.web.panels.home_blocks import blocks_for, read_blocks
from app.web.render import render, wants_fragment
from app.web.shops import where_to_begin
from app.web.sign_in.access import READING, sign_in_first
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/")
def index() -> ResponseReturnValue:
    here = where_to_begin()
    return flask_redirect(url_for("home.index", shop=here.slug)) if here else _nothing_yet()


def _nothing_yet() -> ResponseReturnValue:
    """Say what to do first, with those parts of home that belong to no shop."""
    blocks = [block for block in blocks_for(Role(me().role), "main") if not block.page.in_shop]
    with desk().reading() as db:
        is_any = bool(shops.in_use(db))
        shown = read_blocks(db, blocks)
    return render("start/index.html", is_any=is_any, blocks=shown)


@page.before_app_request
def lead_on() -> ResponseReturnValue | None:
    """Lead an address without a shop to the same page in the shop to begin with.

    Only who reads is led on: a form says in which shop it acts, and nobody guesses that for it.
    """
    is_unknown = isinstance(request.routing_exception, NotFound)
    if not is_unknown or request.method not in READING or not _is_read(f"/s/x{request.path}"):
        return None
    if not current_user.is_authenticated:
        return sign_in_first()
    here = where_to_begin()
    if here is None:
        return flask_redirect(url_for("start.index"))
    path, query = quote(request.path, errors="replace"), request.query_string.decode("latin-1")
    return flask_redirect(f"/s/{here.slug}{path}" + (f"?{query}" if query else ""))


@page.before_app_request
def lead_up() -> ResponseReturnValue | None:
    """Lead who opens an address that only takes a form to the page above it.

    A form that was refused stays under such an address, so it gets into the history and the bookmarks of browsers, and
    is where one comes back to after choosing another language or signing in.
    """
    takes_forms = isinstance(request.routing_exception, MethodNotAllowed)
    if not takes_forms or request.method not in READING or wants_fragment() or not current_user.is_authenticated:
        return None
    steps = request.path.rstrip("/").split("/")
    above = ("/".join(steps[:-cut]) for cut in range(1, len(steps)))
    found = next((path for path in above if path and _is_read(path)), "/")
    return flask_redirect(quote(found, errors="replace"), 303)


def _is_read(path: str) -> bool:
    """Whether there is a page at an address, with or without a slash at its end."""
    addresses = current_app.create_url_adapter(request)
    try:
        return addresses is not None and bool(addresses.match(path, method="GET"))
    except RequestRedirect:
        return True
    except HTTPException:
        return False
