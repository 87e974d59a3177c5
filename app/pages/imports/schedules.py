"""What is done for imports at set times."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import imports
from app.web.context import desk
from app.work.schedules import schedule


@schedule("imports.forget", "10 3 * * *", label=_l("Let go of rows of imports older than a month"))
def forget_rows() -> None:
    with desk().writing() as db:
        imports.forget_old(db)
