"""What an administrator says of a macro, and what is asked before one is used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.validators import Optional as MayBeEmpty

from app.pages.communications.forms import NEEDED, CommunicationForm
from app.rees46 import communications
from app.store.communications import FIELDS
from app.store.macros import LONGEST_NAME
from app.web.forms.fields import OnceForm, choices
from app.web.segments import SegmentIsKnown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from wtforms import Field

    from app.store.macros import Macro

PLACEHOLDERS = ("first_name", "last_name", "code", "colleague")
PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
LONGEST_TEXT = 4000


def fill(text: str, known: Mapping[str, str]) -> str:
    """Put what is known in the place of its name; what is not known yet stays."""
    return PLACEHOLDER.sub(lambda found: known.get(found[1], found[0]), text)


class MacroForm(CommunicationForm):
    """Name, what is logged, and the two steps that may follow."""

    makes = communications.Save
    name = StringField(
        _l("Name"),
        description=_l("As colleagues find it on the page of a customer, such as “Late delivery”."),
        validators=[InputRequired(NEEDED), Length(max=LONGEST_NAME)],
    )
    list_id = SelectField(_l("Hand out a code of"), validate_choice=False)
    segment_id = StringField(
        _l("Put into the segment"),
        description=_l("Its number, or the name it has here."),
        validators=[MayBeEmpty(), Length(max=255)],
    )

    who = {"email": "somebody@example.com"}  # noqa: RUF012  # the call is only tried out here, never sent

    def offer_lists(self, lists: Mapping[str, str]) -> None:
        now = self.list_id.data or ""
        self.list_id.choices = choices({"": _("none")} | dict(lists) | ({now: now} if now and now not in lists else {}))

    def validate_comment(self, comment: Field) -> None:
        """Refuse placeholders that nothing fills, and a code where none is handed out."""
        named = PLACEHOLDER.findall(comment.data or "")
        unknown = [name for name in named if name not in PLACEHOLDERS]
        if unknown:
            known = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
            comment.errors = [_("Nothing fills {%(name)s}. There are: %(known)s.", name=unknown[0], known=known)]
        elif "code" in named and not self.list_id.data:
            comment.errors = [_("{code} needs a promo list, from which the code is handed out.")]

    def validate_segment_id(self, typed: StringField) -> None:
        if typed.data:
            SegmentIsKnown()(self, typed)

    def put(self, macro: Macro, lists: Mapping[str, str]) -> None:
        """Write down what was said."""
        macro.name = (self.name.data or "").strip()
        macro.fields = {name: self[name].data or None for name in FIELDS}
        macro.list_id = self.list_id.data or None
        macro.list_name = lists.get(self.list_id.data or "", self.list_id.data or "")
        macro.segment_id = self.segment_id.data or None


def told_of(macro: Macro) -> dict[str, Any]:
    """Fill the form with what is known of a macro."""
    return {**macro.fields, "name": macro.name, "list_id": macro.list_id or "", "segment_id": macro.segment_id or ""}


class UseForm(OnceForm):
    """One look before the steps are done."""

    comment = TextAreaField(
        _l("What was said"),
        validators=[InputRequired(NEEDED), Length(max=LONGEST_TEXT)],
        render_kw={"rows": 4},
        filters=[lambda said: said.replace("\r\n", "\n").strip() if said else said],
    )
    again = BooleanField(_l("Do it all the same"))
