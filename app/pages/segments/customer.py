"""The segments of a customer: chips at the side with adding and removing, and what was done on the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.pages.segments import page
from app.pages.segments.forms import ChangeForm
from app.pages.segments.labels import choices_in, title_of, with_names_in
from app.rees46 import segments
from app.store import segment_names
from app.store.segment_names import SegmentName
from app.web.customer_page.changed import BACK
from app.web.customer_page.contributions import Act, Contribution, Event, Side
from app.web.customer_page.sources import contributes
from app.web.customer_page.told_acts import event_of_act
from app.web.sign_in.access import may

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.acts import Act as Done
    from app.web.customer_page.opening import Opening

UNDONE_BY = {"segments.Add": "segments.remove_here", "segments.Remove": "segments.add_here"}


@contributes(page, asks=lambda who: [segments.Get(**who.identity_for(segments.Get))])
def joined(who: Opening, db: Session) -> Contribution:
    """Tell in which segments they are now."""
    memberships = who.reply(segments.Get)
    mine, news = with_names_in(db, who.customer.shop_id, memberships)
    if news:
        who.writes.append(lambda writing: segment_names.meet(writing, who.customer.shop_id, news))
    context = {
        "joined": mine,
        "key": who.customer.key,
        "form": ChangeForm(formdata=None),
        "choices": choices_in(db, who.customer.shop_id, without=mine),
    }
    side = Side("segments", _("Segments"), "segments/_side.html", context, str(len(mine)) if mine else "", place=30)
    acts = [Act(_("Add to a segment"), "#segment-id", icon="list-plus", focus="segment-id", place=30)]
    return Contribution(sides=[side], acts=acts if may("segments.add_here") else [])


@contributes(page)
def done_here(who: Opening, db: Session) -> Contribution:
    """Tell who put them into a segment or took them out, and offer to take that back."""
    mine = [act for act in who.acts if act.what in UNDONE_BY]
    numbers = list({str(act.asked.get("segment_id")) for act in mine})
    names = segment_names.by_ids(db, who.customer.shop_id, numbers) if numbers else {}
    return Contribution(events=[_event(who, act, names) for act in mine])


def _event(who: Opening, act: Done, names: dict[str, SegmentName]) -> Event:
    number = str(act.asked.get("segment_id"))
    known = names.get(number) or SegmentName(segment_id=number, name="")
    words = _("Added to %(segment)s") if act.what == "segments.Add" else _("Removed from %(segment)s")
    undo = None
    if may(UNDONE_BY[act.what]) and act.outcome == "done":
        url = url_for(UNDONE_BY[act.what], key=who.customer.key)
        undo = Act(_("Undo"), url, icon="undo-2", fields={"segment_id": number, **BACK})
    return event_of_act(act, icon="list-plus", title=words % {"segment": title_of(known)}, changes=[], act=undo)
