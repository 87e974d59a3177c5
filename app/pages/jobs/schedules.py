"""What is done for files that jobs were made of, at set times."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import brought_files
from app.work.schedules import sweeper

sweeper("files.forget", "20 * * * *", label=_l("Let go of files that people brought"), days=2, most=30)(
    brought_files.forget_old
)
