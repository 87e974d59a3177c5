"""What one types to show who one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length, StopValidation

from app.web.forms.fields import Form
from app.web.sign_in import passkeys

if TYPE_CHECKING:
    from app.store.people import Person
    from app.store.tokens import Purpose

LONGEST_ANSWER = 20_000  # characters of what a browser says for a passkey
NEEDED = _l("This is needed.")


class CodeForm(Form):
    """A code of an authenticator app, or a recovery code."""

    code = StringField(
        _l("Code"),
        description=_l("Six digits from your authenticator app, or one of your recovery codes."),
        validators=[InputRequired(NEEDED), Length(max=60)],
    )


def _needed_without_passkey(form: FactorForm, field: StringField) -> None:
    if not field.data and not form.passkey.data:
        raise StopValidation(str(NEEDED))


class FactorForm(CodeForm):
    """A code, or what a passkey answered; script fills that in."""

    whose: Person
    purpose: Purpose

    code = StringField(
        _l("Code"),
        description=_l("Six digits from your authenticator app, or one of your recovery codes."),
        validators=[_needed_without_passkey, Length(max=60)],
    )
    passkey = HiddenField(validators=[Length(max=LONGEST_ANSWER)])

    def passkey_options(self) -> str:
        """Say what a browser needs to ask for a passkey; each time it is another challenge."""
        return passkeys.options_to_answer(self.whose, self.purpose)


class PresentPasswordForm(Form):
    """The present password, of whoever has no second factor."""

    password = PasswordField(_l("Present password"), validators=[InputRequired(NEEDED), Length(max=1000)])
