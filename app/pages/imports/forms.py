"""What is asked about an import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from app.pages.imports.fields import CUSTOM, IDENTIFIERS, LONGEST, TARGETS, fields_of
from app.store.imports import SUPPRESSED
from app.web.forms.columns import ColumnsForm
from app.web.forms.fields import Form
from app.web.segments import SegmentIsKnown
from app.web.tables.reading import AS_LIKELY, Reading
from app.web.tables.upload import Unreadable, content_of

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from app.store.imports import Batch

LONGEST_PASTE = 2_000_000  # characters


class NewForm(Form):
    """A file, or the same pasted."""

    file = FileField(_l("File"), validators=[Optional()])
    text = TextAreaField(
        _l("Or paste it"),
        description=_l("With a first row of names, or only addresses, one a line."),
        validators=[Optional(), Length(max=LONGEST_PASTE)],
        render_kw={"rows": 6, "data-code": True, "spellcheck": "false"},
    )
    segment_id = StringField(
        _l("Segment"),
        description=_l(
            "Number or name of the segment that all of them are put into. Leave it empty to put them into none."
        ),
        validators=[Optional(), Length(max=255), SegmentIsKnown()],
    )

    def content(self) -> bytes | None:
        """Give what was brought; what is wrong with it stands on the form."""
        try:
            if self.file.data:
                return content_of(self.file.data)
        except Unreadable as unreadable:
            self.blame(unreadable.words)
            return None
        if (self.text.data or "").strip():
            return (self.text.data or "").encode()
        self.file.errors = [_("Choose a file, or paste the rows below.")]
        return None

    @property
    def reading(self) -> Reading:
        """What is known before it is looked at: what was pasted has no encoding of its own."""
        return AS_LIKELY if self.file.data else Reading(encoding="utf-8")

    def blame(self, words: str) -> None:
        """Say what is wrong beside that which was brought."""
        field = self.file if self.file.data else self.text
        field.errors = [words]


class BatchColumns(ColumnsForm):
    def read(self, posted: MultiDict[str, str], batch: Batch) -> dict[str, str]:
        """Take the choices that make sense; what does not stands on the form."""
        allowed = {"email"} if batch.kind == SUPPRESSED else {*TARGETS, CUSTOM}
        chosen = self.choices_in(posted, batch.header)
        columns = {place: target for place, target in chosen.items() if target in allowed}
        if "rest" in posted and batch.kind != SUPPRESSED:
            columns |= {place: CUSTOM for place in chosen if place not in columns and _can_be_custom(batch, int(place))}
        taken = [name for place, target in columns.items() for name in fields_of(target, batch.header[int(place)])]
        self.refuse_twins(taken, lambda name: str(TARGETS[name].label if name in TARGETS else name))
        if not any(target in IDENTIFIERS for target in columns.values()):
            self.refuse(_("Choose the column that says who it is: e-mail, phone or an ID."))
        for place, target in columns.items():
            if target == CUSTOM:
                self._check_custom(batch.header[int(place)])
        return columns

    def _check_custom(self, name: str) -> None:
        if len(name) > LONGEST:
            self.refuse(_("The name of a custom property has 255 characters at most."))
        if name in TARGETS:
            self.refuse(_("“%(name)s” is a field of its own; it cannot be a custom property.", name=name))


def _can_be_custom(batch: Batch, place: int) -> bool:
    name = batch.header[place]
    return bool(batch.reading.get("heading")) and len(name) <= LONGEST and name not in TARGETS


class RunForm(Form):
    """Lets the import run. Opt-outs are only touched when this says so, and why."""

    lifts = BooleanField(_l("Subscribe them again all the same"))
    reason = StringField(
        _l("Reason"),
        description=_l("Where their new consent comes from. It is kept in the audit trail."),
        validators=[Optional(), Length(max=500)],
    )
    met = BooleanField(_l("This segment is the right one"))

    def fits(self, *, is_met: bool) -> bool:
        if not (is_met or self.met.data):
            self.met.errors = [_("Nobody here ever met this segment. Say that it is the right one; nothing was sent.")]
            return False
        if self.lifts.data and not (self.reason.data or "").strip():
            self.reason.errors = [_("Say where their new consent comes from.")]
            return False
        return True


def options(kind: str) -> list[tuple[str, Any]]:
    """What a column can be, in the order of the list."""
    if kind == SUPPRESSED:
        return [("", _l("Leave the column out")), ("email", TARGETS["email"].label)]
    fields = [(name, target.label) for name, target in TARGETS.items()]
    return [("", _l("Leave the column out")), *fields, (CUSTOM, _l("Custom property of that name"))]
