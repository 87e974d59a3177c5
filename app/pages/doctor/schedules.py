"""The nightly backup."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.backup.nightly import back_up_nightly
from app.web.context import settings
from app.work.schedules import schedule


@schedule("doctor.backup", "30 2 * * *", label=_l("Back up, where DESK46_BACKUP_FOLDER names a folder"))
def back_up() -> None:
    back_up_nightly(settings())
