"""What is stopped, where, and why."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.store.brakes import Kind
from app.web.forms.fields import Form, choices
from app.web.paging_args import whole_number

KINDS = {
    Kind.NOTICE: _l("Only tell everybody"),
    Kind.NO_MESSAGES: _l("Stop messages"),
    Kind.READ_ONLY: _l("Read only: stop every change"),
}


class BrakeForm(Form):
    """Everybody reads the reason on every page, until it is lifted."""

    kind = RadioField(
        _l("What happens"), choices=choices(KINDS), validators=[InputRequired(_l("Choose one of the list."))]
    )
    shop = SelectField(_l("Where"), coerce=whole_number)
    reason = TextAreaField(
        _l("What people read"),
        description=_l("What is wrong, and when it will be over. No names or contacts of customers."),
        validators=[InputRequired(_l("This is needed.")), Length(max=400)],
        render_kw={"rows": 2},
    )
