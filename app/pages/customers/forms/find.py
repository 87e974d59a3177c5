"""The one search box, and the list of many."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from app.web.forms.fields import Form

LONGEST = 200
MOST_LINES = 20_000
LARGEST_LIST = 4_000_000  # characters


class FindForm(Form):
    """One box for whatever identifies a customer."""

    who = StringField(
        _l("E-mail, phone, device, loyalty ID or own ID"),
        validators=[DataRequired(_l("Type an e-mail, a phone number or an ID.")), Length(max=LONGEST)],
    )


class BulkForm(Form):
    """A pasted list, one customer a line."""

    lines = TextAreaField(
        _l("One customer a line"),
        description=_l(
            "An e-mail, a phone number or an ID on each line, up to 20,000 lines. Straight from a spreadsheet is fine."
        ),
        validators=[DataRequired(_l("Paste at least one line.")), Length(max=LARGEST_LIST)],
    )

    def typed(self) -> list[str]:
        """Give the lines that hold something."""
        return [line.strip() for line in (self.lines.data or "").splitlines() if line.strip()]

    def validate_lines(self, field: TextAreaField) -> None:
        """Refuse what is longer than one go, with the count."""
        many = len(self.typed())
        if many > MOST_LINES:
            field.errors = [
                *field.errors,
                _l("These are %(many)s lines, and %(most)s fit. Take a part of the list.", many=many, most=MOST_LINES),
            ]
