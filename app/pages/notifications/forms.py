"""Since when the messages of a customer are counted."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from app.rees46.notifications import DAYS
from app.store.base import now
from app.web.forms.fields import choices
from app.web.forms.filters import Filters

SPANS = {str(DAYS): _l("2 weeks"), "30": _l("30 days"), "90": _l("90 days"), "365": _l("A year")}


class CountFilters(Filters):
    """How far back REES46 counts."""

    days = SelectField(_l("Counted over"), choices=choices(SPANS), default=str(DAYS))

    def begin(self) -> date:
        """Give the first day that is counted; of nonsense, that of two weeks."""
        span = int(self.days.data) if self.validate() else DAYS
        return (now() - timedelta(days=span - 1)).date()
