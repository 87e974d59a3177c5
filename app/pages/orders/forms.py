"""What is asked about orders."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SearchField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from app.pages.orders.reading import ORDERS, STATUSES
from app.store.orders_seen import LONGEST
from app.web.forms.fields import Form, choices
from app.web.forms.filters import DatedFilters
from app.web.records.bringing import BringForm

MODES = {ORDERS: _l("Whole orders"), STATUSES: _l("Statuses alone; all else in the file is left out")}


class ListFilters(DatedFilters):
    """The filters of the orders that were met; the days are those on which they were."""

    q = SearchField(_l("Number begins with"), render_kw={"autocomplete": "off"})
    origin = SelectField(
        _l("Where from"),
        choices=choices({"": _l("Anywhere"), "read": _l("read with a customer"), "sent": _l("sent from here")}),
    )

    @property
    def begins(self) -> str:
        return (self.q.data or "").replace("\0", "").strip()[:LONGEST]


class NewForm(BringForm):
    """A file of orders, and what is taken from it."""

    mode = RadioField(_l("What is brought"), choices=choices(MODES), default=ORDERS)


class RunForm(Form):
    """Lets an import run."""

    seen = BooleanField(_l("The totals are right"), validators=[InputRequired(_l("Compare the totals first."))])
    reason = StringField(_l("Reason"), validators=[Optional(), Length(max=500)])
