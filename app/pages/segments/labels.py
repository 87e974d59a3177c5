"""From the ids of segments to what people call them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.store import segment_names
from app.store.segment_names import SegmentName
from app.web.context import desk
from app.web.shops import shop

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.rees46.segments import Membership


@dataclass(frozen=True)
class Joined:
    """A segment that a customer is in."""

    segment_id: str
    name: str
    kind: str

    @property
    def is_dynamic(self) -> bool:
        return self.kind == "dynamic"


def segment_of(segment_id: str) -> SegmentName:
    """What the desk keeps of a segment; a blank one when it has not been met yet."""
    with desk().reading() as db:
        found = segment_names.by_id(db, shop().id, segment_id)
    return found or SegmentName(shop_id=shop().id, segment_id=segment_id, name="", purpose="", owner="", kind="")


def with_names(memberships: list[Membership]) -> list[Joined]:
    """Put names to what REES46 told, and note the segments that are new here."""
    with desk().reading() as db:
        found, news = with_names_in(db, shop().id, memberships)
    if news:
        with desk().writing() as db:
            segment_names.meet(db, shop().id, news)
    return found


def with_names_in(db: Session, shop_id: int, memberships: list[Membership]) -> tuple[list[Joined], dict[str, str]]:
    """Put names to them within a transaction that reads more; and give the kinds that are new here, to be noted."""
    kinds = {str(membership.id): membership.type or "" for membership in memberships}
    known = segment_names.by_ids(db, shop_id, list(kinds))
    is_new = any(number not in known or (kind and known[number].kind != kind) for number, kind in kinds.items())
    found = [
        Joined(id_, known[id_].name if id_ in known else "", kind or _kind_before(known.get(id_)))
        for id_, kind in kinds.items()
    ]
    return sorted(found, key=lambda one: (not one.name, one.name.casefold(), one.segment_id)), kinds if is_new else {}


def _kind_before(segment: SegmentName | None) -> str:
    """Take the kind that was told another time; a segment keeps its kind."""
    return segment.kind if segment else ""


def choices(*, without: list[Joined] | None = None) -> list[SegmentName]:
    """The segments that a person can be put into by hand, to be offered while typing."""
    with desk().reading() as db:
        return choices_in(db, shop().id, without=without)


def choices_in(db: Session, shop_id: int, *, without: list[Joined] | None = None) -> list[SegmentName]:
    known = segment_names.listed(db, shop_id)
    taken = {one.segment_id for one in without or ()}
    return [one for one in known if not one.is_dynamic and one.segment_id not in taken]


def title_of(segment: SegmentName | Joined) -> str:
    """A segment in a sentence: its name and number, or the number alone."""
    if segment.name:
        return f"{segment.name} ({segment.segment_id})"
    return _("segment %(number)s", number=segment.segment_id)
