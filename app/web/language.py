"""Language and time zone of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.support import NullTranslations
from flask_babel import Babel, Domain, get_locale
from flask_login import current_user

from app.web.context import settings
from app.web.cookies import cookie

if TYPE_CHECKING:
    from babel import Locale
    from flask import Flask

TRANSLATIONS = "messages"  # the file of each language


class Words(Domain):
    """The words of a language; Flask-Babel looks for them anew for each of a page's hundred words."""

    def __init__(self) -> None:
        super().__init__(domain=TRANSLATIONS)
        self.found: dict[Locale | None, NullTranslations] = {}

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        if locale not in self.found:
            self.found[locale] = super().get_translations()
        return self.found[locale]


class Translated(Babel):
    """Flask-Babel with words that are found quickly."""

    domain_instance = Words()


LANGUAGES = {"en": "English", "ru": "Русский"}


def init_app(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = app.extensions["settings"].language
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = f"{app.root_path}/translations"
    Translated(app, locale_selector=language, timezone_selector=lambda: settings().time_zone)
    app.context_processor(lambda: {"locale": str(get_locale()), "languages": LANGUAGES, "theme": theme()})


def language() -> str:
    """The person's language, else the browser's cookie, else the installation's."""
    chosen = getattr(current_user, "language", None) or cookie("language")
    return chosen if chosen in LANGUAGES else settings().language


def theme() -> str:
    """Light, dark, or whatever the system says; kept in a cookie, so that the first paint is right."""
    chosen = cookie("theme")
    return chosen if chosen in {"light", "dark"} else "auto"
