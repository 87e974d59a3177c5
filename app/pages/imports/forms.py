"""What is asked about an import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from app.pages.imports.fields import CUSTOM, IDENTIFIERS, LONGEST, TARGETS
from app.store.imports import SUPPRESSED
from app.web.cells.emails import addresses_in
from app.web.forms import Form
from app.web.segments import SegmentIsKnown
from app.web.table_upload import Table, Unreadable, read_file, read_text

if TYPE_CHECKING:
    from werkzeug.datastructures import MultiDict

    from app.store.imports import Batch

LONGEST_PASTE = 2_000_000  # characters
MOST_ROWS = 100_000


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

    def table(self, kind: str) -> Table | None:
        """Read what was brought; what is wrong with it stands on the form."""
        whole = holds_addresses if kind == SUPPRESSED else None
        try:
            if self.file.data:
                return read_file(self.file.data, most_rows=MOST_ROWS, whole=whole)
            if (self.text.data or "").strip():
                return read_text(self.text.data or "", most_rows=MOST_ROWS, whole=whole)
        except Unreadable as unreadable:
            field = self.file if self.file.data else self.text
            field.errors = [unreadable.words]
            return None
        self.file.errors = [_("Choose a file, or paste the rows below.")]
        return None


def holds_addresses(line: str) -> bool:
    """Whether a line is nothing but addresses: what stands between them separates no columns."""
    return bool(addresses_in(line))


class ColumnsForm(Form):
    """What each column is; the fields are as many as the file has columns."""

    def read(self, said: MultiDict[str, str], batch: Batch) -> dict[str, str]:
        """Take the choices that make sense; what does not stands on the form."""
        allowed = {"email"} if batch.kind == SUPPRESSED else {*TARGETS, CUSTOM}
        chosen = {str(place): said.get(f"column-{place}", "") for place in range(len(batch.header))}
        columns = {place: target for place, target in chosen.items() if target in allowed}
        taken = [target for target in columns.values() if target != CUSTOM]
        for twice in sorted({target for target in taken if taken.count(target) > 1}):
            self.refuse(_("Two columns cannot both be “%(field)s”.", field=TARGETS[twice].label))
        if not any(target in IDENTIFIERS for target in taken):
            self.refuse(_("Choose the column that says who it is: e-mail, phone or an ID."))
        for place, target in columns.items():
            if target == CUSTOM and len(batch.header[int(place)]) > LONGEST:
                self.refuse(_("The name of a custom property has 255 characters at most."))
            if target == CUSTOM and batch.header[int(place)] in TARGETS:
                self.refuse(_("“%(name)s” is a field of its own; it cannot be a custom property.",
                              name=batch.header[int(place)]))  # fmt: skip
        return columns


class RunForm(Form):
    """Lets the import run. Opt-outs are only touched when this says so, and why."""

    lifts = BooleanField(_l("Subscribe them again all the same"))
    reason = StringField(
        _l("Reason"),
        description=_l("Where their new consent comes from. It is kept in the audit trail."),
        validators=[Optional(), Length(max=500)],
    )
    seen = HiddenField()

    def fits(self) -> bool:
        if self.lifts.data and not (self.reason.data or "").strip():
            self.reason.errors = [_("Say where their new consent comes from.")]
            return False
        return True


def options(kind: str) -> list[tuple[str, Any]]:
    """What a column can be, in the order of the list."""
    if kind == SUPPRESSED:
        return [("", _l("Leave it out")), ("email", TARGETS["email"].label)]
    fields = [(name, target.label) for name, target in TARGETS.items()]
    return [("", _l("Leave it out")), *fields, (CUSTOM, _l("Custom property of that name"))]
