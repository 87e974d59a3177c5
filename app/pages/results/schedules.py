"""What is done for kept answers to forms at set times."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import results
from app.work.schedules import sweeper

sweeper(results.SWEEPER, "5 * * * *", label=_l("Let go of answers to forms"), days=1, most=30)(results.forget_old)
