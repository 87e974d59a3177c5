"""What is asked about segments and who is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.validators import Optional as MayBeEmpty

from app.rees46 import segments
from app.web.forms.fields import Form, OperationForm, choices, field
from app.web.forms.filters import Filters
from app.web.segments import SegmentIsKnown

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

NEEDED = _l("This is needed.")
LONGEST_LIST = 300_000  # characters
SEGMENT_HINT = _l("Its number, or the name it has here.")


class ChangeForm(OperationForm[Any]):
    """Puts one customer into a segment, or takes them out; `identity` says who it is."""

    makes: ClassVar[type[segments.Add | segments.Remove]] = segments.Add
    identity: dict[str, str]

    segment_id = field(segments.Add, "segment_id", _l("Segment"), id="segment-id", validators=[SegmentIsKnown()])

    def given(self) -> dict[str, Any]:
        return {**self.identity, **super().given()}


class RemoveForm(ChangeForm):
    makes = segments.Remove


class WhoForm(Form):
    """Asks whom it is about, and which segment."""

    who = StringField(
        _l("Customer"),
        description=_l("E-mail, phone in any format, or an ID."),
        validators=[InputRequired(NEEDED), Length(max=200)],
    )
    segment_id = StringField(
        _l("Segment"),
        description=SEGMENT_HINT,
        validators=[InputRequired(NEEDED), Length(max=255), SegmentIsKnown()],
    )


class SegmentForm(Form):
    """Which segment many customers are put into, or taken out of."""

    segment_id = StringField(
        _l("Segment"),
        description=SEGMENT_HINT,
        validators=[InputRequired(NEEDED), Length(max=255), SegmentIsKnown()],
    )

    def asked(self) -> dict[str, Any]:
        return {"segment_id": self.segment_id.data}


class LookUpForm(Form):
    who = StringField(
        _l("Customer"),
        description=_l("E-mail, phone in any format, or an ID."),
        validators=[InputRequired(NEEDED), Length(max=200)],
    )


class NameForm(Form):
    """What the desk keeps of a segment."""

    segment_id = field(segments.Add, "segment_id", _l("Number"), description=_l("The ID that REES46 gives it."))
    name = StringField(_l("Name"), validators=[InputRequired(NEEDED), Length(max=120)])
    purpose = TextAreaField(
        _l("What it is for"),
        description=_l("Who belongs in it, and which campaign uses it."),
        validators=[MayBeEmpty(), Length(max=500)],
        render_kw={"rows": 3, "maxlength": 500},
    )
    owner = StringField(
        _l("Owner"), description=_l("The person or team to ask."), validators=[MayBeEmpty(), Length(max=120)]
    )


def pasted(label: LazyString) -> TextAreaField:
    """A list of customers, one a line."""
    return TextAreaField(
        label,
        validators=[InputRequired(NEEDED), Length(max=LONGEST_LIST)],
        render_kw={"rows": 8, "data-code": True, "spellcheck": "false"},
    )


class ListsForm(Form):
    """Two lists, and what is wanted of them."""

    first = pasted(_l("First list"))
    second = pasted(_l("Second list"))
    keep = RadioField(
        _l("Who is wanted"),
        choices=choices(
            {
                "without": _l("Who is in the first and not in the second"),
                "both": _l("Who is in both"),
                "either": _l("Who is in either, each once"),
            }
        ),
        default="without",
    )


class ListFilters(Filters):
    """Which segments are listed."""

    q = StringField(_l("Name, number, purpose or owner"), validators=[Length(max=120)])
    kind = SelectField(
        _l("Kind"),
        choices=choices({"": _l("All"), "static": _l("Kept by hand"), "dynamic": _l("Follows a rule")}),
        default="",
    )
