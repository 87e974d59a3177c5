"""What an act of the audit trail is called in people's words: as the page says that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app
from flask_babel import get_locale

from app.web.page import Page

if TYPE_CHECKING:
    from flask import Flask
    from flask_babel.speaklater import LazyString


class Spoken:
    """The words of acts in one language: a list of acts asks for them by the hundred."""

    def __init__(self, every: dict[str, str]) -> None:
        names = {label: what for what, label in every.items()}
        self.every = every
        self.to_choose = {names[label]: label for label in sorted(names, key=str.casefold)}


def init_app(app: Flask) -> None:
    app.add_template_filter(act_label)


def act_label(what: str) -> str:
    """Say an act in words; one without words keeps its name."""
    return _spoken().every.get(what, what)


def acts_to_choose() -> dict[str, str]:
    """Give the words of every act by its name, in their order; acts that are called alike stand there once."""
    return _spoken().to_choose


def _spoken() -> Spoken:
    known: dict[str, Spoken] = current_app.extensions.setdefault("acts_spoken", {})
    language = str(get_locale())
    if language not in known:
        known[language] = Spoken({what: str(label) for what, label in act_labels().items()})
    return known[language]


def act_labels() -> dict[str, LazyString]:
    """What all acts are called, by the name of their operation."""
    labels: dict[str, LazyString] | None = current_app.extensions.get("act_labels")
    if labels is None:
        pages = [page for page in current_app.blueprints.values() if isinstance(page, Page)]
        labels = {what: label for page in pages for what, label in page.act_labels.items()}
        current_app.extensions["act_labels"] = labels
    return labels
