"""What the list of segments shows of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.web.tables.columns import Address, Column, macro, mono, once_for

if TYPE_CHECKING:
    from app.store.segment_names import SegmentName


def columns() -> list[Column[SegmentName]]:
    segment_at, kind = Address("segments.show", "segment_id"), macro("segments/parts.html", "kind_badge")

    def name(segment: SegmentName) -> object:
        words = segment.name or _("Segment %(number)s", number=segment.segment_id)
        return segment_at.link(segment.segment_id, words)

    return [
        Column(_l("Name"), name, at="name"),
        Column(_l("Number"), lambda segment: mono(segment.segment_id), at="when"),
        Column(_l("Kind"), once_for(lambda segment: segment.kind, lambda segment: kind(segment.kind)), at="figure"),
        Column(_l("What it is for"), lambda segment: segment.purpose or "–", at="note", kind="cut"),
        Column(_l("Owner"), lambda segment: segment.owner or "–", kind="soft"),
    ]
