"""What one types to show who one is."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from app.web.forms.fields import Form

NEEDED = _l("This is needed.")


class CodeForm(Form):
    """A code of an authenticator app, or a recovery code."""

    code = StringField(
        _l("Code"),
        description=_l("Six digits from your authenticator app, or one of your recovery codes."),
        validators=[InputRequired(NEEDED), Length(max=60)],
    )


class PresentPasswordForm(Form):
    """The present password, of whoever has no second factor."""

    password = PasswordField(_l("Present password"), validators=[InputRequired(NEEDED), Length(max=1000)])
