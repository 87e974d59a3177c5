"""What the account pages ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, IntegerField, PasswordField, SelectField, SelectMultipleField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.store import passkeys
from app.store.people import LONGEST_UNDO
from app.web.forms.fields import Between, Form, choices
from app.web.language import LANGUAGES
from app.web.sign_in.forms import LONGEST_ANSWER
from app.web.sign_in.login import me
from app.web.sign_in.password_strength import is_easy_to_guess
from app.work.notices.words import CHOICES

if TYPE_CHECKING:
    from app.store.people import Person

NEEDED = _l("This is needed.")
SHORTEST = 10


class PasskeyNameForm(Form):
    name = StringField(
        _l("Name"),
        description=_l("By which you tell your passkeys apart, such as the device it is on."),
        validators=[InputRequired(NEEDED), Length(max=passkeys.NAME)],
    )


class NewPasskeyForm(PasskeyNameForm):
    """A name, and what the browser made; script fills that in."""

    passkey = HiddenField(
        validators=[InputRequired(_l("Your browser made no passkey.")), Length(max=LONGEST_ANSWER)],
    )


class NoticesForm(Form):
    """What a person wants to be told by e-mail."""

    notices = SelectMultipleField(
        _l("Write to me when"),
        choices=choices(CHOICES),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


WINDOW = [Optional(), Between(0, LONGEST_UNDO, _l("Between 0 and 60 seconds."))]


class SignInForm(Form):
    email = EmailField(_l("E-mail"), validators=[InputRequired(NEEDED), Length(max=254)])
    password = PasswordField(_l("Password"), validators=[InputRequired(NEEDED), Length(max=1000)])


def _hard_to_guess(form: ChoosePasswordForm, field: PasswordField) -> None:
    if not field.errors and is_easy_to_guess(field.data or "", form.whose or me()):
        raise ValidationError(
            _l("This is easy to guess. Take several words that do not belong together, and not your name.")
        )


class ChoosePasswordForm(Form):
    whose: Person | None = None  # who comes by a link and is not signed in yet

    new = PasswordField(
        _l("New password"),
        description=_l("At least 10 characters."),
        validators=[InputRequired(NEEDED), Length(SHORTEST, 1000, _l("Use at least 10 characters.")), _hard_to_guess],
    )
    again = PasswordField(
        _l("New password again"),
        validators=[InputRequired(NEEDED), EqualTo("new", _l("The two new passwords differ."))],
    )


class PasswordForm(ChoosePasswordForm):
    old = PasswordField(_l("Present password"), validators=[InputRequired(NEEDED), Length(max=1000)])


class PreferencesForm(Form):
    language = SelectField(_l("Language"), choices=choices(LANGUAGES))
    undo_seconds = IntegerField(
        _l("Seconds to take back what goes to many or cannot be reversed"),
        description=_l("Imports, batches, messages to a group, reports of an address. 0 to 60; 0 sends at once."),
        validators=WINDOW,
    )
    undo_seconds_single = IntegerField(
        _l("Seconds to take back a single test message"),
        description=_l("0 to 60; 0 sends at once."),
        validators=WINDOW,
    )
