"""What is done for imports at set times."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import imports
from app.work.schedules import sweeper

sweeper("imports.forget", "10 3 * * *", label=_l("Let go of rows of imports"), days=imports.KEPT_FOR.days)(
    imports.forget_old
)
