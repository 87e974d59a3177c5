"""What the probe asks about, and beginning anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l
from wtforms import SearchField, SelectField, StringField
from wtforms.validators import Length, Optional

from app.web.forms.fields import Form, choices
from app.web.forms.filters import Filters

if TYPE_CHECKING:
    from app.store.reply_differences import ReplyDifference

KINDS = {"unknown": _l("not known"), "lacking": _l("missing"), "unreadable": _l("not readable")}


def _text(label: Any, words: Any = "") -> StringField:
    return StringField(label, description=words, validators=[Optional(), Length(max=255)], render_kw={"maxlength": 255})


class ListFilters(Filters):
    """Which differences are listed."""

    q = SearchField(_l("Operation or field"), render_kw={"autocomplete": "off"})
    kind = SelectField(_l("Difference"), choices=choices({"": _l("Any difference"), **KINDS}))

    def fits(self, row: ReplyDifference) -> bool:
        words = (self.q.data or "").strip().casefold()
        is_named = words in row.operation.casefold() or words in row.field.casefold()
        return is_named and (not self.kind.data or row.kind == self.kind.data)


class ProbeForm(Form):
    """Whom and what to ask about. Operations that need what is left empty are not asked."""

    who = _text(_l("Customer"), _l("E-mail, phone or an ID: somebody whose data REES46 has."))
    item = _text(_l("Product"), _l("ID of a product in stock."))
    category = _text(_l("Category"), _l("ID of a category."))
    segment = _text(_l("Segment"), _l("Number of a segment."))
    block = _text(_l("Recommendation block"), _l("Code of a block."))
    collection = _text(_l("Collection"), _l("ID of a collection."))
    search = _text(_l("Search query"), _l("A word that finds something."))


class ForgetForm(Form):
    """Begins anew; it asks nothing."""
