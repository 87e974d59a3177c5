"""What is done at set times for files of long lists."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import exports
from app.work.schedules import sweeper

sweeper("exports.forget", "50 * * * *", label=_l("Let go of files of long lists"), days=7, most=30)(exports.forget_old)
