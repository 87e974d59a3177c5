"""Forms that wait while their sender is at the provider of single sign-on; see store/waiting_forms.py."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict

from flask import session
from sqlalchemy.exc import DBAPIError
from structlog import get_logger

from app.store import waiting_forms
from app.vault import KeyChanged, lock, unlock
from app.web.context import desk, settings
from app.web.sign_in.held import Held

BROWSER = "waiting_forms"  # where the browser's cookie keeps its token


def keep(said: Held) -> str | None:
    """Keep a form for this browser, and give its key; None when it is too long, or the disk is full."""
    text = json.dumps(asdict(said))
    if len(text) > waiting_forms.LONGEST:
        return None
    browser = session.setdefault(BROWSER, secrets.token_urlsafe(32))
    try:
        with desk().writing() as db:
            return waiting_forms.keep(db, browser, lock(text, settings().key))
    except DBAPIError as error:
        get_logger().warning("a form was not kept", kind=type(error.orig).__name__)
        return None


def read(key: str) -> Held | None:
    """Give a form that this browser left here, if it still waits."""
    with desk().reading() as db:
        form = waiting_forms.of_browser(db, session.get(BROWSER, ""), key) if key else None
    try:
        said = json.loads(unlock(form.locked, settings().key)) if form else None
    except KeyChanged:
        return None
    if said is None:
        return None
    pairs = {name: [(field, value) for field, value in said[name]] for name in ("fields", "files")}
    return Held(**pairs, is_secret_missing=said["is_secret_missing"])


def forget(key: str) -> None:
    with desk().writing() as db:
        waiting_forms.forget(db, key)
