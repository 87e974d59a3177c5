"""What is asked about somebody who works here."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, Regexp
from wtforms.widgets import CheckboxInput, ListWidget

from app.store.people import Role
from app.web.forms.fields import Form, choices

NEEDED = _l("This is needed.")
EMAIL = r"^[^@\s]+@[^@\s]+$"
ROLES = {
    Role.VIEWER: _l("Viewer: sees everything, changes nothing"),
    Role.SUPPORT: _l("Support: looks customers up and acts for them"),
    Role.MARKETER: _l("Marketer: segments, promo codes, links, subscriptions, test messages"),
    Role.ADMIN: _l("Administrator: everything, also people and shops"),
}
NAMES = {
    Role.VIEWER.value: _l("Viewer"),
    Role.SUPPORT.value: _l("Support"),
    Role.MARKETER.value: _l("Marketer"),
    Role.ADMIN.value: _l("Administrator"),
}
CHOICES = choices({role.value: words for role, words in ROLES.items()})


class PersonForm(Form):
    name = StringField(_l("Full name"), validators=[InputRequired(NEEDED), Length(max=120)])
    role = RadioField(_l("Role"), choices=CHOICES, default=Role.SUPPORT.value, validators=[InputRequired(NEEDED)])


class AddForm(PersonForm):
    email = EmailField(
        _l("E-mail"),
        validators=[
            InputRequired(NEEDED),
            Length(max=254),
            Regexp(EMAIL, message=_l("This is not an e-mail address.")),
        ],
    )


class EditForm(PersonForm):
    active = BooleanField(_l("May sign in"))


class DemandForm(Form):
    """Which roles have to have a second factor."""

    roles = SelectMultipleField(
        _l("Have to have a second factor"),
        choices=choices(NAMES),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
