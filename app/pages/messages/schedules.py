"""What is done for messages at set times."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import sends
from app.work.schedules import sweeper

sweeper("messages.forget_drafts", "15 * * * *", label=_l("Let go of messages that nobody sent"), days=1)(
    sends.forget_old
)
