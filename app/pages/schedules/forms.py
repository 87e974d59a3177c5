"""For how long rows are kept before a schedule lets go of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, ValidationError

from app.web.forms.fields import Form, choices
from app.web.forms.filters import Filters

if TYPE_CHECKING:
    from app.store.schedules import Schedule

STATES = {"": _l("All"), "paused": _l("Paused"), "failed": _l("Failed last"), "running": _l("Running")}


class ListFilters(Filters):
    """Which schedules are listed."""

    state = SelectField(_l("State"), choices=choices(STATES))

    def fits(self, row: Schedule) -> bool:
        is_so = {"paused": row.paused, "failed": bool(row.trouble), "running": row.is_running}
        return is_so.get(self.state.data or "", True)


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
