"""What is done for customers at set times."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from app.store import customers, last_replies, lookups
from app.work.schedules import sweeper

sweeper(lookups.SWEEPER, "10 * * * *", label=_l("Let go of pasted lists of customers"), days=1, most=30)(
    lookups.forget_old
)
sweeper(
    "customers.forget_visits",
    "25 3 * * *",
    label=_l("Let go of who looked at which customer"),
    days=30,
    most=400,
)(customers.forget_visits)
sweeper(
    "customers.forget_replies",
    "35 3 * * *",
    label=_l("Let go of what REES46 said last of a customer"),
    days=180,
    most=180,
)(last_replies.forget_old)
