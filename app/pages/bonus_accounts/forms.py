"""What is asked before bonus accounts are sent."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length, Optional

from app.web.forms.fields import Form


class RunForm(Form):
    """Lets an import run."""

    seen = BooleanField(_l("The totals are right"), validators=[InputRequired(_l("Compare the totals first."))])
    reason = StringField(_l("Reason"), validators=[Optional(), Length(max=500)])


class AgainForm(Form):
    """Lets parts be sent again of which nobody knows whether they arrived."""

    sure = BooleanField(
        _l("They did not arrive: I looked at REES46"), validators=[InputRequired(_l("Look at REES46 first."))]
    )
