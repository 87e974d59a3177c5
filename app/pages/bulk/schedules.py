"""What is done for bulk acts at set times."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import bulks
from app.web.context import desk
from app.work.schedules import schedule


@schedule("bulk.forget", "20 3 * * *", label=_l("Let go of rows of bulk acts older than a month"))
def forget_rows() -> None:
    with desk().writing() as db:
        bulks.forget_old(db)
