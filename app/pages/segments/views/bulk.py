"""Putting many customers into a segment, or taking them out: what is so already is left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.segments.forms import SegmentForm
from app.pages.segments.labels import segment_of, title_of
from app.rees46 import segments
from app.web.customers.identity import identity_for
from app.web.page import STAFF
from app.web.rees46 import ask
from app.work.bulk import BulkKind, Rows, Verdict, bulk_kind, one_by_one

if TYPE_CHECKING:
    from app.store.bulks import Bulk, BulkRow


def _is_in(bulk: Bulk, row: BulkRow) -> bool:
    joined = ask(segments.Get(**identity_for(segments.Get, row.customer)))
    return any(str(one.id) == bulk.asked["segment_id"] for one in joined)


def look_to_add(bulk: Bulk, row: BulkRow) -> Verdict:
    return Verdict("same", _("They are in it already.")) if _is_in(bulk, row) else Verdict("change")


def look_to_remove(bulk: Bulk, row: BulkRow) -> Verdict:
    return Verdict("change") if _is_in(bulk, row) else Verdict("same", _("They are not in it."))


def add(bulk: Bulk, rows: Rows) -> segments.Add:
    return segments.Add(**identity_for(segments.Add, rows[0].customer), segment_id=bulk.asked["segment_id"])


def remove(bulk: Bulk, rows: Rows) -> segments.Remove:
    return segments.Remove(**identity_for(segments.Remove, rows[0].customer), segment_id=bulk.asked["segment_id"])


def _title(bulk: Bulk) -> str:
    return title_of(segment_of(bulk.asked["segment_id"]))


bulk_kind(
    "segments.add",
    BulkKind(
        _l("Add to a segment"),
        STAFF,
        SegmentForm,
        check=one_by_one(look_to_add),
        make=add,
        words=lambda bulk: _("Into %(segment)s", segment=_title(bulk)),
    ),
)
bulk_kind(
    "segments.remove",
    BulkKind(
        _l("Take out of a segment"),
        STAFF,
        SegmentForm,
        check=one_by_one(look_to_remove),
        make=remove,
        words=lambda bulk: _("Out of %(segment)s", segment=_title(bulk)),
    ),
)
