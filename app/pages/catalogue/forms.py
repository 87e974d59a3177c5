"""What is asked about an import of the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.validators import Length, Optional

from app.pages.catalogue.kinds import KINDS
from app.pages.catalogue.targets import MANDATORY, OF_KIND, PARAM, label_of
from app.web.forms.columns import ColumnsForm
from app.web.forms.fields import Form, choices
from app.web.forms.filters import Filters

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.store.catalogue_imports import CatalogueImport

LONGEST_NAME = 255


class NewForm(Form):
    """What is imported, and the file with it."""

    kind = RadioField(
        _l("What it is"), choices=choices({one.name: one.label for one in KINDS.values()}), default="products"
    )
    file = FileField(_l("File"), validators=[Optional()])


class CatalogueColumns(ColumnsForm):
    def read(self, posted: Mapping[str, str], batch: CatalogueImport) -> dict[str, str]:
        """Take the choices that make sense; what does not stands on the form."""
        header: list[str] = batch.reading["header"]
        allowed = OF_KIND[batch.kind]
        columns: dict[str, str] = {}
        for column, target in zip(header, self.choices_in(posted, header).values(), strict=True):
            if target in allowed:
                columns[column] = target
            elif target == PARAM and batch.kind == "products" and column[:LONGEST_NAME].strip():
                columns[column] = f"{PARAM}{column[:LONGEST_NAME]}"
        targets = list(columns.values())
        self.refuse_twins(targets, lambda name: str(label_of(batch.kind, name)))
        for name in MANDATORY[batch.kind]:
            if name not in targets:
                self.refuse(
                    _(
                        "Choose the column that is “%(field)s”: without it nothing can be sent.",
                        field=label_of(batch.kind, name),
                    )
                )
        return columns


class RunForm(Form):
    """Lets an import run; what is lost by it is typed, and what is odd is agreed to."""

    number = StringField(validators=[Optional(), Length(max=20)])
    dangling = BooleanField(_l("Send them all the same"))

    def fits(self, wanted: int | None, *, is_dangling: bool) -> bool:
        typed = "".join((self.number.data or "").split()).replace(",", "")
        if wanted is not None and typed != str(wanted):
            self.number.errors = [_("Type the number to confirm: %(number)s. Nothing was sent.", number=wanted)]
            return False
        if is_dangling and not self.dangling.data:
            self.dangling.errors = [_("Import the categories and locations first, or agree to this. Nothing was sent.")]
            return False
        return True


class ImportFilters(Filters):
    """Which imports are listed."""

    kind = SelectField(
        _l("What it is"), choices=choices({"": _l("Anything"), **{one.name: one.label for one in KINDS.values()}})
    )


def options(kind: str) -> list[tuple[str, object]]:
    """What a column can be, in the order of the list."""
    known = [(name, target.label) for name, target in OF_KIND[kind].items()]
    more = [(PARAM, _l("Property of that name"))] if kind == "products" else []
    return [("", _l("Do not send it")), *known, *more]


def number_words(kind: str, number: int) -> str:
    """Say what the number is that has to be typed."""
    if kind == "categories":
        return ngettext("%(num)s category disappears.", "%(num)s categories disappear.", number)
    return ngettext("%(num)s product goes out of stock.", "%(num)s products go out of stock.", number)
