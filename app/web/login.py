"""Signing in with Flask-Login: whose request it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from flask import request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import LoginManager, current_user

from app.store import people
from app.web.context import desk

if TYPE_CHECKING:
    from flask import Flask

    from app.store.people import Person

LOCALLY = ("http", "https", "")


def init_app(app: Flask) -> None:
    manager = LoginManager(app)
    manager.login_view = "account.sign_in"
    manager.login_message = _l("Sign in to see this page.")
    manager.login_message_category = "info"
    manager.session_protection = "basic"
    manager.user_loader(_person)


def _person(token: str) -> Person | None:
    with desk().reading() as db:
        return people.by_session(db, token)


def me() -> Person:
    """The person who is signed in."""
    return cast("Person", current_user)


def safe_next(fallback: str = "home.index") -> str:
    """Where to go after signing in: only to a path of our own."""
    target = request.args.get("next", "")
    parts = urlsplit(target)
    if target.startswith("/") and not target.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme:
        return target
    return url_for(fallback)
