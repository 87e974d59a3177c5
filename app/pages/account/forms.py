"""What the account pages ask for."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, PasswordField, SelectField
from wtforms.validators import EqualTo, InputRequired, Length

from app.web.forms import Form, choices
from app.web.language import LANGUAGES

NEEDED = _l("This is needed.")
SHORTEST = 10


class SignInForm(Form):
    email = EmailField(_l("E-mail"), validators=[InputRequired(NEEDED), Length(max=254)])
    password = PasswordField(_l("Password"), validators=[InputRequired(NEEDED), Length(max=1000)])


class PasswordForm(Form):
    old = PasswordField(_l("Present password"), validators=[InputRequired(NEEDED), Length(max=1000)])
    new = PasswordField(
        _l("New password"),
        description=_l("At least 10 characters."),
        validators=[InputRequired(NEEDED), Length(SHORTEST, 1000, _l("Use at least 10 characters."))],
    )
    again = PasswordField(
        _l("New password again"),
        validators=[InputRequired(NEEDED), EqualTo("new", _l("The two new passwords differ."))],
    )


class PreferencesForm(Form):
    language = SelectField(_l("Language"), choices=choices(LANGUAGES))
