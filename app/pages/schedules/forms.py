"""For how long rows are kept before a schedule lets go of them."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import InputRequired, ValidationError

from app.web.forms.fields import Form


class KeepForm(Form):
    """How many days; `most` is what that which is kept allows."""

    most = 3650
    days = IntegerField(
        _l("Days"),
        description=_l("What is older is let go of at the next run, and does not come back."),
        validators=[InputRequired(_l("This is needed."))],
    )

    def validate_days(self, field: IntegerField) -> None:
        if field.data is None or not 1 <= field.data <= self.most:
            raise ValidationError(_("A whole number from 1 to %(most)s.", most=self.most))
