"""What is asked about orders."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import InputRequired, Length, Optional

from app.pages.orders.reading import ORDERS, STATUSES
from app.web.forms.fields import Form, choices
from app.web.records.bringing import BringForm

MODES = {ORDERS: _l("Whole orders"), STATUSES: _l("Statuses alone; all else in the file is left out")}


class NewForm(BringForm):
    """A file of orders, and what is taken from it."""

    mode = RadioField(_l("What is brought"), choices=choices(MODES), default=ORDERS)


class RunForm(Form):
    """Lets an import run."""

    seen = BooleanField(_l("The totals are right"), validators=[InputRequired(_l("Compare the totals first."))])
    reason = StringField(_l("Reason"), validators=[Optional(), Length(max=500)])
