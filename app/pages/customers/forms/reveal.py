"""Why somebody has to see contacts."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from app.web.forms.fields import Form


class RevealForm(Form):
    reason = TextAreaField(
        _l("Why do you have to see them?"),
        validators=[InputRequired(_l("This is needed.")), Length(min=5, max=400, message=_l("5 to 400 characters."))],
        render_kw={"rows": 2},
    )
