"""The messages that REES46 sent to a customer, on their timeline: two weeks, and what was read before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.pages.notifications import page, words
from app.pages.notifications.reading import Sent, put_together, question_about, sent_at
from app.rees46.errors import Garbled, TooMany, Unreachable
from app.rees46.notifications import List
from app.web.customer_page.contributions import Contribution, Event
from app.web.customer_page.sources import contributes
from app.web.customers.last_known import keep_with, recall_in

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.rees46.notifications import Notification
    from app.web.customer_page.opening import Opening


@contributes(page, asks=lambda who: [question_about(who.identity_for(List))])
def messages(who: Opening, db: Session) -> Contribution:
    """Tell what was sent and what became of it; without an answer what was read last."""
    kept = recall_in(db, Sent, who.customer)
    gaps = []
    try:
        sent = put_together(who.reply(List), kept.reply if kept else None)
        who.writes.append(lambda writing: keep_with(writing, who.customer, sent))
    except (Unreachable, Garbled, TooMany):
        if kept is None:
            raise
        sent = kept.reply
        gaps = [_("Messages from REES46: no answer now; these are as they were read last.")]
    listed = [*sent.messages, *sent.older]
    return Contribution(
        events=[_event(who, one) for one in listed],
        limits=[_("Messages: REES46 tells of two weeks; older ones are known from when this desk read them.")],
        gaps=gaps,
    )


def _event(who: Opening, one: Notification) -> Event:
    channel, at = words.channel_of(one.channel), sent_at(one)
    outcomes = words.outcomes_of(one)
    is_trouble = any(sign.tone in {"danger", "warning"} for sign in outcomes)
    subject = one.subject or (one.body or "")[:90] or _("No subject")
    return Event(
        "messages",
        icon=channel.icon,
        title=f"{channel.text}: {subject}",
        at=at,
        said_at=one.sent_at or one.date or "",
        source=_("REES46 messages"),
        badges=[(str(sign.text), sign.tone) for sign in outcomes if sign.tone in {"danger", "warning", "success"}],
        notes=[words.type_name(one.type), *(str(sign.text) for sign in outcomes if sign.tone in {"neutral", "info"})],
        url=url_for("notifications.show", key=who.customer.key, code=one.code) if one.code else "",
        tone="warning" if is_trouble else "neutral",
        is_quiet=True,
    )
