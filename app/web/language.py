"""Language and time zone of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import Babel, get_locale
from flask_login import current_user

from app.web.context import settings
from app.web.http.cookies import cookie

if TYPE_CHECKING:
    from flask import Flask

LANGUAGES = {"en": "English", "ru": "Русский"}


def init_app(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = app.extensions["settings"].language
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = f"{app.root_path}/translations"
    Babel(app, locale_selector=language, timezone_selector=lambda: settings().time_zone)
    app.context_processor(lambda: {"locale": str(get_locale()), "languages": LANGUAGES, "theme": theme()})


def language() -> str:
    """The person's language, else the browser's cookie, else the installation's."""
    chosen = getattr(current_user, "language", None) or cookie("language")
    return chosen if chosen in LANGUAGES else settings().language


def theme() -> str:
    """Light, dark, or whatever the system says; kept in a cookie, so that the first paint is right."""
    chosen = cookie("theme")
    return chosen if chosen in {"light", "dark"} else "auto"
