"""What is let go of, of the test benches."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import benches, trigger_stories
from app.work.schedules import sweeper

sweeper("benches.forget", "55 3 * * *", label=_l("Let go of runs of test benches"), days=180)(benches.forget_old)
sweeper("benches.forget_stories", "56 3 * * *", label=_l("Let go of stories of triggers"), days=180)(
    trigger_stories.forget_old
)
