"""What is asked before a worker makes a file."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import InputRequired, ValidationError

from app.pages.exports.replay import is_readable
from app.web.forms.fields import Form


class OfferForm(Form):
    """Which list, by its address."""

    of = HiddenField(validators=[InputRequired()])

    def validate_of(self, field: HiddenField) -> None:
        """Take nothing but a list of this shop that the person may see."""
        if not is_readable(field.data or ""):
            raise ValidationError(_l("This is no list of this shop, or your role may not see it."))
