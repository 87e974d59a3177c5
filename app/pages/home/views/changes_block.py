"""The chart of subscription changes, on home."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.pages.home import page
from app.pages.home.changes import Days
from app.web.page import ADMIN, MARKETERS, VIEWERS
from app.web.panels.home_blocks import home_block
from app.work.daily.changes import BEHIND


@home_block(
    page,
    _l("Subscription changes"),
    template="home/_changes.html",
    roles=MARKETERS | ADMIN | VIEWERS,
    place=40,
    column="side",
    asks=True,
    more=("subscriptions.changes", _l("All changes")),
)
def changes() -> dict[str, Any]:
    """Show what the worker counted, and ask REES46 only if the worker is behind: home is opened all day long."""
    return {"days": Days.lately(with_imports=True, fresh=BEHIND)}
