"""Who is here: sessions live in the database, and the cookie holds a random token (with Flask-Login)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from flask import abort, g, request, session, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import LoginManager, current_user, login_user, logout_user
from sqlalchemy.exc import DBAPIError
from structlog import get_logger

from app.store import people, second_factors, sessions
from app.store.base import now
from app.store.people import Person
from app.store.sessions import BrowserSession, Limits
from app.web.context import desk, settings
from app.web.remembered import copy_of, remembered
from app.web.render import wants_fragment
from app.web.sign_in.passkeys import host_here

if TYPE_CHECKING:
    from flask import Flask, Response

TOUCHED_EVERY = timedelta(minutes=5)  # a write for each request would be many, for a limit of hours


def init_app(app: Flask) -> None:
    manager = LoginManager(app)
    manager.login_view = "account.sign_in"
    manager.login_message = _l("Sign in to see this page.")
    manager.login_message_category = "info"
    manager.session_protection = None  # the token is in the database, and says more than address and browser do
    manager.user_loader(_person)
    app.after_request(_touch)


def limits() -> Limits:
    """How long a session lasts, by the settings."""
    given = settings()
    return Limits(idle=timedelta(hours=given.session_idle_hours), absolute=timedelta(days=given.session_days))


def _person(token: str) -> Person | None:
    row = remembered(("session", sessions.digest_of(token)), lambda db: people.by_session(db, token, host_here()))
    if row is None or not people.may_be_here(*row, limits()):
        return None
    person, g.browser_session = copy_of(row[0]), copy_of(row[1])
    person.token = token
    return person


def me() -> Person:
    """The person who is signed in, or in whose name long work goes on.

    The person themselves: Flask-Login's stand-in looks for them anew at each word that it is asked.
    """
    return cast("Person", g.get("actor") or current_user._get_current_object())  # noqa: SLF001  # its name in the docs


def this_session() -> BrowserSession:
    """The session of this request; only where somebody is signed in."""
    return cast("BrowserSession", g.browser_session)


def begin_session(person: Person, *, with_factor: bool = False) -> None:
    """Sign somebody in with this browser; what it kept before is forgotten."""
    with desk().writing() as db:
        row = db.get_one(Person, person.id)
        if row.password != person.password or not row.active:  # while it was looked at
            abort(409, _("Your password was changed at this very moment. Sign in with the new one."))
        if not with_factor and second_factors.is_asked(db, row.id, host_here()):
            abort(409, _("A second factor was set up at this very moment. Sign in with it."))
        people.seen(row)
        row.token = sessions.begin(db, row.id, device=request.user_agent.string, address=request.remote_addr or "")
    session.clear()
    session.permanent = True
    login_user(row)


def end_session() -> None:
    """Sign out: the token is worth nothing any more, whoever has a copy of it."""
    number, person_id = this_session().id, me().id
    session.clear()
    logout_user()  # after that: it also takes back the remember_token that older versions gave
    with desk().writing() as db:
        sessions.end(db, person_id, number)


def _touch(answer: Response) -> Response:
    """Note now and then that somebody is there. A page that refreshes a part of itself does not count."""
    row: BrowserSession | None = g.get("browser_session")
    is_by_itself = request.method == "GET" and wants_fragment()
    if row is None or is_by_itself or now() - row.seen < min(TOUCHED_EVERY, limits().idle / 10):
        return answer
    try:
        with desk().writing() as db:
            sessions.touch(db, row.id)
    except DBAPIError as error:  # the next request tries again
        get_logger().warning("a session could not be touched", kind=type(error.orig).__name__)
    return answer


def safe_next(fallback: str = "start.index") -> str:
    """Where to go after signing in: only to a path of our own."""
    target = request.args.get("next", "")
    parts = urlsplit(target)
    if target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme:
        return target
    return url_for(fallback)
