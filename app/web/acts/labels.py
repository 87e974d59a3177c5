"""What an act of the audit trail is called in people's words: as the page says that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app

from app.web.page import Page

if TYPE_CHECKING:
    from flask import Flask


def init_app(app: Flask) -> None:
    app.add_template_filter(act_label)


def act_label(what: str) -> str:
    """Say an act in words; one without words keeps its name."""
    pages = (page for page in current_app.blueprints.values() if isinstance(page, Page))
    return str(next((page.act_labels[what] for page in pages if what in page.act_labels), what))
