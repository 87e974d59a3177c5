"""Ending what nobody approved in time, and letting go of what was decided long ago."""

from __future__ import annotations

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.store import approvals, outbox, upkeep
from app.web.context import desk, settings
from app.work.kinds import undone
from app.work.schedules import schedule, sweeper

sweeper("approvals.forget", "35 3 * * *", label=_l("Let go of approvals"), days=400)(approvals.forget_old)


@schedule("approvals.expire", "*/5 * * * *", label=_l("End what nobody approved in time"), at_start=True)
def expire() -> None:
    """End each in a transaction of its own; its batch goes back to its review."""
    with desk().reading() as db:
        late = approvals.expired(db)
    for approval in late:
        with force_locale(settings().language), desk().writing() as db:
            if approvals.end(db, approval, "expired", _("Nobody approved it in time. Nothing was sent.")):
                undone(db, outbox.of_acts(db, [approval.act_id])[approval.act_id])
                act = upkeep.note_upkeep(db, "approvals.Expire", after={"act": approval.act_id})
                act.shop_id = approval.shop_id
