"""What is asked about waiting lists."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.validators import Optional as MayBeEmpty

from app.pages.waiting.demand import KINDS, STOCK
from app.web.forms.fields import Between, Form, OnceForm, choices
from app.web.forms.filters import Filters
from app.web.segments import SegmentIsKnown

NEEDED = _l("This is needed.")
OVERDUE = "overdue"
SORTS = {"": _l("Most wanted first"), "last": _l("Asked for last"), "value": _l("Worth most first")}


class ListFilters(Filters):
    """The order, and whether only what is in stock and still waited for is listed."""

    sort = SelectField(_l("Sorted by"), choices=choices(SORTS), default="")
    shown = SelectField(
        _l("Shown"), choices=choices({"": _l("All products"), OVERDUE: _l("In stock, still waiting")}), default=""
    )


class SegmentForm(OnceForm):
    """Into which segment those who wait are put."""

    segment_id = StringField(
        _l("Segment"),
        description=_l("Its number, or the name it has here."),
        validators=[InputRequired(NEEDED), Length(max=255), SegmentIsKnown()],
    )


class AddForm(Form):
    """Who shall wait for what."""

    who = StringField(
        _l("Customer"),
        description=_l("E-mail, phone in any format, or an ID."),
        validators=[InputRequired(NEEDED), Length(max=200)],
    )
    item = StringField(_l("ID of the product"), validators=[InputRequired(NEEDED), Length(max=255)])
    kind = RadioField(_l("What they wait for"), choices=choices(KINDS), default=STOCK)
    price = DecimalField(
        _l("Price they see now"),
        description=_l("For a lower price: they are told when it costs less than this. Empty: the present price."),
        places=None,
        validators=[MayBeEmpty(), Between(min=0, max=1_000_000_000)],
    )
