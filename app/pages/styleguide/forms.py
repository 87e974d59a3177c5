"""A form with every kind of field."""

from __future__ import annotations

from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    FileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from app.web.forms.fields import Form, choices
from app.web.forms.filters import DatedFilters

THREE_WAYS = {"": "Leave", "true": "On", "false": "Off"}


class SampleForm(Form):
    """Refuses the name "wrong", to show what a refusal looks like."""

    name = StringField("Name", validators=[InputRequired("This is needed."), Length(max=40)])
    email = EmailField(
        "E-mail", description="Where the report goes.", validators=[InputRequired("This is needed."), Length(max=254)]
    )
    note = TextAreaField("Note", validators=[Optional(), Length(max=500)])
    kind = SelectField("Kind", choices={"sms": "SMS", "email": "E-mail", "push": "Push"})
    day = DateField("Day", validators=[Optional()])
    size = RadioField("Size", choices={"s": "Small", "m": "Medium", "l": "Large"}, default="m")
    agree = BooleanField("Send me a copy", description="Goes to your own address.")
    file = FileField("File", validators=[Optional()])
    confirm = StringField("Confirmation", validators=[Optional()])


class MatrixForm(Form):
    """Leave, on or off, by channel and type."""

    email_bulk = RadioField("E-mail, bulk", choices=THREE_WAYS, default="")
    email_chain = RadioField("E-mail, triggered", choices=THREE_WAYS, default="true")
    sms_bulk = RadioField("SMS, bulk", choices=THREE_WAYS, default="false")
    sms_chain = RadioField("SMS, triggered", choices=THREE_WAYS, default="")


class NarrowForm(DatedFilters):
    """The bar above a list."""

    q = StringField("Name")
    state = SelectField("State", choices=choices({"": "Any", "bounced": "Bounced"}))
