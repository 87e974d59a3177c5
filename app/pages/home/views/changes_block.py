"""The chart of subscription changes, on home."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from app.pages.home import page
from app.pages.home.changes import Days
from app.web.page import ADMIN, MARKETERS, VIEWERS
from app.web.panels.home_blocks import home_block


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
    return {"days": Days.lately(with_imports=True)}
