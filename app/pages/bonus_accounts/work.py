"""Sending bonus accounts, as work in parts. What came twice would stand twice: only a person sends it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.rees46 import bonuses
from app.web.page import MARKETERS
from app.work.kinds import Progress, kind
from app.work.records import send_next, take_back

if TYPE_CHECKING:
    from app.store.works import Work

KIND = "bonus_accounts.send"


@kind(
    KIND,
    label=_l("Send bonus accounts"),
    page="bonus_accounts.show",
    needs=MARKETERS,
    is_repeatable=False,
    taken_back=take_back,
)
def send_some(work: Work) -> Progress:
    """Send the next part."""
    return send_next(work, lambda records: bonuses.Import(bonuses=records))
