"""What is asked of whoever decides, and of whoever asked."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.web.forms.fields import Form, choices
from app.web.forms.filters import DatedFilters

LONGEST = 500
STATES = {
    "open": _l("Undecided"),
    "": _l("Any state"),
    "approved": _l("Approved"),
    "refused": _l("Refused"),
    "expired": _l("Not in time"),
    "changed": _l("Changed meanwhile"),
}


class ApprovalFilters(DatedFilters):
    state = SelectField(_l("State"), choices=choices(STATES), default="")


class DecideForm(Form):
    answer = TextAreaField(
        _l("Reason"),
        description=_l("How you checked it. Kept in the audit trail."),
        validators=[InputRequired(_l("Say why.")), Length(max=LONGEST)],
        render_kw={"rows": 2, "maxlength": LONGEST},
    )


class WhyForm(Form):
    why = TextAreaField(
        _l("Why it should be approved"),
        validators=[InputRequired(_l("Say why.")), Length(max=LONGEST)],
        render_kw={"rows": 2, "maxlength": LONGEST},
    )
