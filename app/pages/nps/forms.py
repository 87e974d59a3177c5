"""What is asked about NPS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.rees46 import nps
from app.web.forms.fields import Form, choices, field
from app.web.forms.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Mapping

NEEDED = _l("This is needed.")
PERIODS = {"7": _l("7 days"), "30": _l("30 days"), "90": _l("90 days"), "365": _l("A year")}
STATES = {"open": _l("Not answered"), "taken": _l("Taken"), "answered": _l("Dealt with")}
SHOWN = {"open": _l("Not answered"), "mine": _l("Mine"), "answered": _l("Dealt with")}


class PeriodForm(Filters):
    """Which days are looked at."""

    period = SelectField(_l("Period"), choices=choices(PERIODS), default="30")
    shown = SelectField(_l("Detractors"), choices=choices(SHOWN), default="open")


class ReviewForm(Form):
    """A review that a customer gave to a person of the shop."""

    who = StringField(
        _l("Customer"),
        description=_l("E-mail, phone in any format, or an ID."),
        validators=[InputRequired(NEEDED), Length(max=200)],
    )
    channel = SelectField(_l("Channel"))
    category = SelectField(_l("Category"))
    rate = field(
        nps.Create,
        "rate",
        _l("Rate"),
        IntegerField,
        description=_l("0 to 10: from 9 on a promoter, from 7 on a passive."),
    )
    order_id = field(nps.Create, "order_id", _l("Order"), description=_l("Number of the order that it is about."))
    comment = field(nps.Create, "comment", _l("What they said"), TextAreaField, render_kw={"rows": 3})

    def offer(self, channels: Mapping[str, str], categories: Mapping[str, str]) -> None:
        self.channel.choices, self.category.choices = choices(channels), choices(categories)

    def given(self) -> dict[str, Any]:
        names = ("channel", "category", "rate", "order_id", "comment")
        return {name: self[name].data for name in names if self[name].data not in (None, "")}
