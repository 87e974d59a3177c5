"""Jobs that go on or wait for somebody, on home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.pages.jobs import page
from app.store import works
from app.web.page import ADMIN, MARKETERS
from app.web.panels.home_blocks import home_block
from app.web.shops import shop

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@home_block(
    page,
    _l("Jobs"),
    template="jobs/_home.html",
    roles=MARKETERS | ADMIN,
    place=20,
    more=("jobs.index", _l("All jobs")),
)
def open_jobs(db: Session) -> dict[str, Any]:
    """List what stands still first: it waits for somebody."""
    rows = [
        *works.latest(db, shop().id, ("stopped", "paused"), 4),
        *works.latest(db, shop().id, works.AT_WORK, 4),
    ]
    return {"rows": rows}
