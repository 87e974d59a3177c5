"""What the request log can be narrowed to, and a call that is sent again."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from pydantic import ValidationError
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.rees46.catalogue import every_operation
from app.rees46.operation import Operation
from app.web.forms.fields import OnceForm, choices, errors_of
from app.web.forms.filters import DatedFilters
from app.web.paging_args import whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping


OUTCOMES = {
    "": _l("Any outcome"),
    "done": _l("Answered"),
    "refused": _l("Refused"),
    "unreachable": _l("No answer"),
    "garbled": _l("Garbled"),
}


class ListFilters(DatedFilters):
    """The filters of the log."""

    operation = SelectField(_l("Operation"))
    person = SelectField(_l("Person"), coerce=whole_number)
    outcome = SelectField(_l("Outcome"), choices=choices(OUTCOMES))

    def offer(self, people: Mapping[int, str]) -> None:
        """Offer all operations, and the people by name."""
        self.operation.choices = [*choices({"": _("Any operation")}), *_operations()]
        self.person.choices = choices({"": _("Anybody"), **people})


@cache
def _operations() -> list[Any]:
    return choices({kind.name(): kind.name() for kind in every_operation()})


class RepeatForm(OnceForm):
    """The parameters of a call as JSON, to be changed and sent again."""

    asked = TextAreaField(
        _l("Parameters"),
        description=_l("JSON. The keys of the shop are added by themselves."),
        validators=[InputRequired(_l("This is needed.")), Length(max=1_000_000)],
        render_kw={"rows": 12, "spellcheck": "false"},
    )
    reason = StringField(_l("Why?"), validators=[Optional(), Length(max=400)])
    sure = BooleanField(_l("Send it, although it changes something"))

    def operation(self, kind: type[Operation[Any]]) -> Operation[Any] | None:
        """Make the call, or say on the form what is wrong with it."""
        if not kind.http.only_reads and not self.sure.data:
            self.sure.errors = [_("Tick this to send a call that changes something.")]
            return None
        try:
            said = json.loads(self.asked.data or "")
            return kind.model_validate(said)
        except ValidationError as wrong:
            self.asked.errors = [f"{name}: {words}" if name else words for name, words in errors_of(wrong)]
        except (ValueError, RecursionError):
            self.asked.errors = [_("This is not valid JSON.")]
        return None
