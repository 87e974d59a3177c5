"""Links that end within a week, and batches that were not made yet, on home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.links import page
from app.store import link_batches, short_links
from app.store.link_batches import LinkBatch
from app.web.page import ADMIN, MARKETERS
from app.web.panels.home_blocks import Unfinished, home_block, unfinished
from app.web.shops import shop

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@home_block(
    page,
    _l("Links ending this week"),
    template="links/_home.html",
    roles=MARKETERS | ADMIN,
    place=30,
    column="side",
    more=("links.index", _l("Short links")),
)
def ending(db: Session) -> dict[str, Any]:
    rows = short_links.by_end(db, shop().id, living=True, limit=5).rows
    return {"rows": [row for row in rows if row.is_ending]}


@unfinished(page)
def drafts(db: Session) -> list[Unfinished]:
    """Give the batches whose URLs were looked through and not shortened."""
    query = link_batches.of_shop(shop().id).where(LinkBatch.state == "draft")
    found = db.scalars(query.order_by(LinkBatch.id.desc()).limit(4))
    return [
        Unfinished(
            _("Links to shorten"), _("looked through, not shortened yet"), url_for("links.batch", key=one.key), one.at
        )
        for one in found
    ]
