"""What the list of notices shows of each, and what it is narrowed by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import SelectField

from app.web.filters import number
from app.web.forms.fields import choices
from app.web.forms.filters import DatedFilters
from app.web.tables.columns import Column, macro, when_column

if TYPE_CHECKING:
    from app.store.box_notices import BoxNotice

LABELS = {
    "products": _l("Products"),
    "availability": _l("What is in stock"),
    "removal": _l("What is not sold any more"),
    "categories": _l("Categories"),
    "category_update": _l("Categories"),
    "category_removal": _l("Categories"),
    "locations": _l("Locations"),
    "audience": _l("Customers"),
    "suppressed": _l("Suppressed addresses"),
    "orders": _l("Orders"),
    "bonuses": _l("Bonuses"),
}
SHOWN = 5  # remarks of a notice


class NoticeFilters(DatedFilters):
    """The filters of the list."""

    kind = SelectField(_l("What"), choices=choices({"": _l("Everything"), **LABELS}))
    state = SelectField(
        _l("State"), choices=choices({"": _l("Any state"), "new": _l("New"), "seen": _l("Already seen")})
    )


def notice_columns() -> list[Column[BoxNotice]]:
    """What was imported, how many of its rows the box left out, and why."""
    new = macro("components/badge.html", "badge")(_("New"), "info")

    def what(notice: BoxNotice) -> object:
        words = LABELS.get(notice.kind, notice.kind)
        return words if notice.is_seen else Markup("{} {}").format(words, new)

    return [
        Column(_l("What"), what, at="name", text=lambda notice: LABELS.get(notice.kind, notice.kind)),
        Column(
            _l("Rows left out"), lambda notice: number(notice.said.get("left_out") or 0), at="figure", kind="number"
        ),
        Column(_l("Rows"), lambda notice: number(notice.said.get("total") or 0), kind="number"),
        Column(_l("Why"), _why, at="note", kind="cut"),
        when_column(lambda notice: notice.at),
    ]


def _why(notice: BoxNotice) -> str:
    """Give the first remarks, as the box made them."""
    remarks = notice.said.get("remarks") or []
    words = [
        f"{_('Row %(row)s', row=remark['row'])}: {remark['words']}" if remark.get("row") else str(remark["words"])
        for remark in remarks[:SHOWN]
    ]
    return "; ".join(words) or "–"
