"""What is done for test events at set times."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import event_runs
from app.work.schedules import sweeper

sweeper("events.forget", "40 3 * * *", label=_l("Let go of tries of events"), days=90)(event_runs.forget_old)
