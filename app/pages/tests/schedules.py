"""What is done for the test matrix at set times."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import matrix_upkeep
from app.work.schedules import sweeper

sweeper("tests.forget", "45 3 * * *", label=_l("Let go of old runs of the test matrix"), days=400)(
    matrix_upkeep.forget_old
)
