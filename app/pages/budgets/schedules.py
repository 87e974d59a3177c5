"""Letting go of what was counted."""

from flask_babel import lazy_gettext as _l

from app.store import budgets
from app.work.schedules import sweeper

sweeper("budgets.forget", "50 4 * * *", label=_l("Let go of what was counted for budgets"), days=60)(budgets.forget_old)
