"""Language and time zone of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from babel.support import NullTranslations
from flask import g
from flask_babel import Babel, Domain, get_locale
from flask_login import current_user
from markupsafe import Markup

from app.web.context import settings
from app.web.cookies import cookie

if TYPE_CHECKING:
    from flask import Flask

TRANSLATIONS = "messages"  # the file of each language


class Words(Domain):
    """The words of each language; Flask-Babel looks for them anew for each of a page's hundred words."""

    def __init__(self) -> None:
        super().__init__(domain=TRANSLATIONS)
        self.found: dict[str, NullTranslations] = {}
        self.marked: dict[tuple[str, str], Markup] = {}  # as templates write them

    def get_translations(self) -> NullTranslations:
        return self._of(language_shown())

    def in_template(self, words: str, /, **values: Any) -> Markup:
        """Translate what a template says; values are escaped. As in Jinja's own, a percent sign is written twice."""
        key = (language_shown(), words)
        shown = self.marked.get(key)
        if shown is None:  # our templates hold so many words and no more
            shown = self.marked[key] = Markup(self._of(key[0]).ugettext(words))  # noqa: S704  # a template has them
        return shown % values if "%" in shown else shown

    def _of(self, language: str) -> NullTranslations:
        if language not in self.found:
            self.found[language] = super().get_translations()
        return self.found[language]


def language_shown() -> str:
    """The language of this request; Flask-Babel's way to its own notes is longer than that to a word."""
    try:
        locale = g._flask_babel.babel_locale or get_locale()  # noqa: SLF001  # where it keeps what it has found
    except (AttributeError, RuntimeError):  # nothing was found yet, or this is outside of requests and work
        locale = get_locale()
    language: str = getattr(locale, "language", "")
    return language


WORDS = Words()


class Translated(Babel):
    """Flask-Babel with words that are found quickly."""

    domain_instance = WORDS


LANGUAGES = {"en": "English", "ru": "Русский"}


def init_app(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = app.extensions["settings"].language
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = f"{app.root_path}/translations"
    Translated(app, locale_selector=language, timezone_selector=lambda: settings().time_zone)
    app.jinja_env.globals |= {"_": WORDS.in_template, "gettext": WORDS.in_template}
    app.context_processor(lambda: {"locale": str(get_locale()), "languages": LANGUAGES, "theme": theme()})


def language() -> str:
    """The person's language, else the browser's cookie, else the installation's."""
    chosen = getattr(current_user, "language", None) or cookie("language")
    return chosen if chosen in LANGUAGES else settings().language


def theme() -> str:
    """Light, dark, or whatever the system says; kept in a cookie, so that the first paint is right."""
    chosen = cookie("theme")
    return chosen if chosen in {"light", "dark"} else "auto"
