"""What an act of the audit trail is called in people's words: as the page says that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

from app.web.page import Page

if TYPE_CHECKING:
    from flask import Flask
    from flask_babel.speaklater import LazyString


def init_app(app: Flask) -> None:
    app.add_template_filter(act_label)


def act_label(what: str) -> str:
    """Say an act in words; one without words keeps its name."""
    return str(act_labels().get(what, what))


def act_labels() -> dict[str, LazyString]:
    """What all acts are called, by the name of their operation."""
    labels: dict[str, LazyString] | None = current_app.extensions.get("act_labels")
    if labels is None:
        pages = [page for page in current_app.blueprints.values() if isinstance(page, Page)]
        labels = {what: label for page in pages for what, label in page.act_labels.items()}
        current_app.extensions["act_labels"] = labels
    return labels
