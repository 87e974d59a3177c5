"""What is decided about a query, and which ones are listed."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import Length
from wtforms.validators import Optional as MayBeEmpty

from app.pages.zero_results.queries import STATES, TRENDS
from app.store.followups import LONGEST_NOTE
from app.web.forms.fields import Form, choices
from app.web.forms.filters import Filters


class ListFilters(Filters):
    """Which queries are listed."""

    trend = SelectField(_l("Trend"), choices=choices({"": _l("All"), **TRENDS}), default="")
    state = SelectField(_l("State"), choices=choices({"": _l("All"), **STATES}), default="")


class DecideForm(Form):
    """Who looks after a query, and how far they are."""

    state = SelectField(_l("State"), choices=choices(STATES), default="open")
    owner = StringField(
        _l("Owner"),
        description=_l("The person or team to ask."),
        validators=[MayBeEmpty(), Length(max=120)],
        render_kw={"maxlength": 120},
    )
    note = TextAreaField(
        _l("Note"),
        description=_l("What was asked for, of whom, or why it is not sold."),
        validators=[MayBeEmpty(), Length(max=LONGEST_NOTE)],
        render_kw={"rows": 3, "maxlength": LONGEST_NOTE},
    )
