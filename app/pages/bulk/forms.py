"""Whom it is about, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length, ValidationError

from app.web.customers.parse import is_name, is_slip, read_identifier
from app.web.forms.fields import Form
from app.work.bulk import MOST

if TYPE_CHECKING:
    from wtforms import Field

NEEDED = _l("This is needed.")
LONGEST_LIST = 300_000  # characters
NAMED = 3  # lines that are named when they cannot be read


class WhoForm(Form):
    """Customers, one a line."""

    who = TextAreaField(
        _l("Customers"),
        description=_l("One a line: an e-mail, a phone in any format, or an ID."),
        validators=[InputRequired(NEEDED), Length(max=LONGEST_LIST)],
        render_kw={"rows": 8, "data-code": True, "spellcheck": "false"},
    )

    def people(self) -> list[tuple[str, str]]:
        """The identifiers, each once."""
        lines = (line.strip() for line in (self.who.data or "").splitlines())
        return list(dict.fromkeys(read_identifier(line) for line in lines if line))

    def validate_who(self, typed: Field) -> None:
        lines = [line.strip() for line in (typed.data or "").splitlines() if line.strip()]
        names = [line for line in lines if is_name(line) or is_slip(line)]
        if names:
            raise ValidationError(
                _("Nothing was kept: these lines are no e-mail, phone or ID: %(lines)s", lines="; ".join(names[:NAMED]))
            )
        if len(lines) > MOST:
            raise ValidationError(
                ngettext("At most %(num)s customer at once.", "At most %(num)s customers at once.", MOST)
            )


class RunForm(Form):
    """The last click."""

    reason = StringField(
        _l("Reason"),
        description=_l("It is kept in the audit trail, with each customer."),
        validators=[Length(max=400)],
    )
