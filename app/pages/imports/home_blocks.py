"""Imports that wait for a decision, on home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.pages.imports import page
from app.store import imports
from app.store.imports import Batch
from app.web.panels.home_blocks import Unfinished, unfinished
from app.web.shops import shop

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@unfinished(page)
def drafts(db: Session) -> list[Unfinished]:
    """Give the files whose columns are to be chosen, and those that were checked and not sent."""
    query = imports.of_shop(shop().id).where(Batch.state.in_(("draft", "checked")))
    notes = {"draft": _("columns to be chosen"), "checked": _("checked, not sent yet")}
    return [
        Unfinished(one.source or _("Pasted rows"), notes[one.state], url_for("imports.show", key=one.key), one.at)
        for one in db.scalars(query.order_by(Batch.id.desc()).limit(4))
    ]
