"""Drafts and unfinished batches of all pages, on home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.pages.home import page
from app.web.page import ADMIN, MARKETERS
from app.web.panels.home_blocks import REGISTRY, home_block
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

SHOWN = 6


@home_block(
    page,
    _l("Drafts and unfinished batches"),
    template="home/_unfinished.html",
    roles=MARKETERS | ADMIN,
    place=20,
    column="side",
)
def drafts(db: Session) -> dict[str, Any] | None:
    """Gather what waits for a person, the newest first."""
    found = [one for of, read in REGISTRY.unfinished.values() if me().may(of.sees) for one in read(db)]
    found.sort(key=lambda one: one.at, reverse=True)
    return {"rows": found[:SHOWN]} if found else None
