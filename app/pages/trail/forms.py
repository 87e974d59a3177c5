"""What the trail can be narrowed to, and what a person says of an act whose outcome nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from app.web.acts.labels import acts_to_choose
from app.web.forms.fields import Form, choices
from app.web.forms.filters import DatedFilters, Filters
from app.web.paging_args import whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping

OUTCOMES = {
    "": _l("Any outcome"),
    "done": _l("Done"),
    "refused": _l("Refused"),
    "unknown": _l("Unknown"),
    "failed": _l("Failed"),
    "settled": _l("Settled by a person"),
    "trying": _l("Under way"),
    "awaiting": _l("Waits for a second person"),
    "held": _l("Waiting to be sent"),
    "withdrawn": _l("Taken back"),
}


class ListFilters(DatedFilters):
    """The filters of the list."""

    what = SelectField(_l("Act"), validate_choice=False)
    person = SelectField(_l("Person"), coerce=whole_number)
    outcome = SelectField(_l("Outcome"), choices=choices(OUTCOMES))

    def offer(self, people: Mapping[int, str]) -> None:
        """Offer the acts by what they are called, and the people by name."""
        acts, asked = acts_to_choose(), self.what.data or ""
        self.what.choices = choices({"": _("Any act")} | acts | ({asked: asked} if asked not in acts and asked else {}))
        self.person.choices = choices({"": _("Anybody"), **people})


class PartsFilters(Filters):
    """How the parts of long work ended that are listed."""

    outcome = SelectField(_l("Outcome"), choices=choices(OUTCOMES))


class ResolveForm(Form):
    """A person looked, and says what became of it."""

    outcome = RadioField(
        _l("What happened?"),
        choices=choices({"done": _l("It was done"), "failed": _l("It was not done")}),
        validators=[InputRequired(_l("Choose one of the list."))],
    )
    note = TextAreaField(
        _l("How do you know?"),
        validators=[InputRequired(_l("This is needed.")), Length(max=400)],
        render_kw={"rows": 2},
    )
