"""What the trail can be narrowed to, and what a person says of an act whose outcome nobody knows."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.web.forms.fields import Form, choices
from app.web.forms.filters import Filters
from app.web.paging_args import whole_number

OUTCOMES = {
    "": _l("Any outcome"),
    "done": _l("Done"),
    "refused": _l("Refused"),
    "unknown": _l("Unknown"),
    "failed": _l("Failed"),
    "settled": _l("Settled by a person"),
    "trying": _l("Under way"),
    "held": _l("Waiting to be sent"),
    "withdrawn": _l("Taken back"),
}


class ListFilters(Filters):
    """The filters of the list."""

    what = StringField(_l("Act"), description=_l("Such as segments.Add"), validators=[Length(max=64)])
    person = SelectField(_l("Person"), coerce=whole_number)
    outcome = SelectField(_l("Outcome"), choices=choices(OUTCOMES))


class ResolveForm(Form):
    """A person looked, and says what became of it."""

    outcome = RadioField(
        _l("What happened?"),
        choices=choices({"done": _l("It was done"), "failed": _l("It was not done")}),
        validators=[InputRequired(_l("Choose one of the list."))],
    )
    note = TextAreaField(
        _l("How do you know?"),
        validators=[InputRequired(_l("This is needed.")), Length(max=400)],
        render_kw={"rows": 2},
    )
