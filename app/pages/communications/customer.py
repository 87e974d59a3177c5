"""What was said with a customer: the composer, the contacts on the timeline, the last one and those that are open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import g, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.pages.communications import page
from app.pages.communications.composer import composer_of
from app.pages.communications.reading import LISTED, fields_of, newest_first
from app.pages.communications.vocabulary import Vocabulary
from app.rees46 import communications
from app.rees46.errors import NotFound
from app.store import communications as archive
from app.store import macros as store
from app.store import words
from app.web.customer_page.changed import BACK
from app.web.customer_page.contributions import Above, Act, Attention, Contribution, Event, Fact
from app.web.customer_page.sources import contributes
from app.web.sign_in.access import may

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.rees46.communications import Call
    from app.store.communications import Communication
    from app.web.customer_page.opening import Opening

ICONS = {"phone": "phone", "chat": "message-circle", "email": "mail", "store": "store"}
OPEN = "open"
FIELD = "said-comment"
MOST_OPEN = 2  # that are pointed out
SHORT = 120


@dataclass(frozen=True)
class Said:
    """A communication as REES46 tells it, or as this desk saw it last."""

    number: str
    fields: dict[str, Any]
    date: str | None
    kept: Communication | None


@contributes(page)
def composer(who: Opening, db: Session) -> Contribution:
    """Offer to write down what was said."""
    if not may("communications.add"):
        return Contribution()
    vocabulary = _vocabulary(who, db)
    log = Act(
        _("Log a contact"),
        f"#{FIELD}",
        icon="messages-square",
        key="l",
        place=10,
        group="main",
        short=_("Log"),
        focus=FIELD,
    )
    context = {"form": composer_of(vocabulary), "key": who.customer.key}
    return Contribution(acts=[log], above=[Above("communications/_composer.html", context)])


def _vocabulary(who: Opening, db: Session) -> Vocabulary:
    """Read the shop's words once a request."""
    if "vocabulary" not in g:
        g.vocabulary = Vocabulary(words.of_shop(db, who.customer.shop_id))
    found: Vocabulary = g.vocabulary
    return found


@contributes(page, title=_l("Macros"))
def macros(who: Opening, db: Session) -> Contribution:
    """Offer what an administrator put together."""
    if not may("communications.use_macro"):
        return Contribution()
    found = store.of_shop(db, who.customer.shop_id)
    key = who.customer.key
    urls = {one.key: url_for("communications.use_macro", key=key, name=one.key) for one in found}
    return Contribution(acts=[Act(one.name, urls[one.key], icon="zap", place=12) for one in found])


@contributes(
    page, asks=lambda who: [communications.Read.from_form(who.identity_for(communications.Read))], is_first=True
)
def contacts(who: Opening, db: Session) -> Contribution:
    """Tell what was said, as REES46 lists it and as this desk remembers what it lists no more."""
    try:
        calls = newest_first(who.reply(communications.Read))
    except NotFound:
        calls = []
    numbers, shop_id = [call.id for call in calls], who.customer.shop_id
    known = archive.by_numbers(db, shop_id, numbers)
    older = archive.older(db, who.customer.id, numbers)
    vocabulary = _vocabulary(who, db)
    news = [call for call in calls if archive.is_news(known.get(call.id), fields_of(call), call.date)]
    if news:
        who.writes.append(lambda writing: _keep(writing, who, news))
    listed = [Said(call.id, fields_of(call), call.date, known.get(call.id)) for call in calls]
    told = [_event(who, vocabulary, one) for one in listed]
    told += [_event(who, vocabulary, Said(one.number, one.fields, one.date, one)) for one in older]
    waiting = [pair for pair in zip(told, listed, strict=False) if pair[1].fields["status"] == OPEN]
    above = [Above("communications/_last.html", {"last": told[0]})] if told else []
    limits = [_("Contacts: REES46 gives the last %(number)s; older ones are as this desk saw them.", number=LISTED)]
    return Contribution(
        events=told, facts=_facts(told, waiting), attention=_attention(who, waiting), above=above, limits=limits
    )


def _keep(db: Session, who: Opening, news: list[Call]) -> None:
    for call in reversed(news):
        archive.keep(db, who.customer.shop_id, who.customer.id, call.id, fields_of(call), date=call.date)


def _event(who: Opening, says: Vocabulary, one: Said) -> Event:
    said, kept = one.fields, one.kept
    about = " · ".join(
        filter(None, (says.reads(name, said.get(name)) for name in ("call_type", "call_theme", "subject_appeal")))
    )
    channel, way = says.reads("channel", said.get("channel")), says.reads("event", said.get("event"))
    status = says.reads("status", said.get("status"))
    is_open = said.get("status") == OPEN
    by = (kept and kept.logged_by) or says.reads("author_type", said.get("author_type"))
    correct = Act(_("Correct"), url_for("communications.edit", key=who.customer.key, number=one.number), icon="pencil")
    return Event(
        "contacts",
        icon=ICONS.get(said.get("channel") or "", "messages-square"),
        title=", ".join(filter(None, (channel[:1].upper() + channel[1:], way))) or _("Contact"),
        at=_moment(one.date) or (kept.seen if kept else None),
        said_at=one.date or "",
        source=_("desk") if kept and kept.logged_by else _("REES46 contacts"),
        about=about,
        badges=[(status, "warning" if is_open else "neutral")] if status and said.get("status") != "closed" else [],
        text=said.get("comment") or "",
        notes=[part for part in (by, says.reads("location_id", said.get("location_id"))) if part],
        url=url_for("communications.show", key=who.customer.key, number=one.number),
        act=correct if may("communications.edit") else None,
        tone="warning" if is_open else "neutral",
    )


def _facts(told: list[Event], still_open: list[tuple[Event, Said]]) -> list[Fact]:
    last = next((event for event in told if event.at), None)
    if last is None:
        facts = [Fact(_("Last contact"), _("none"), place=40)]
    else:
        note = ", ".join([last.title.split(",")[0].lower(), *last.notes[:1]])
        facts = [Fact(_("Last contact"), "", note, at=last.at, url="#timeline", place=40)]
    many = len(still_open)
    if many:
        value = ngettext("%(num)s contact", "%(num)s contacts", many)
        facts.append(Fact(_("Still open"), value, still_open[-1][0].about, url="#timeline", place=50))
    else:
        facts.append(Fact(_("Still open"), _("nothing"), place=50))
    return facts


def _attention(who: Opening, still_open: list[tuple[Event, Said]]) -> list[Attention]:
    return [
        Attention(
            icon="clock", head=_("Open:"), text=_short(event.text) + _taken(one), act=_take(who, one) or event.act
        )
        for event, one in still_open[:MOST_OPEN]
    ]


def _taken(one: Said) -> str:
    taker = one.kept.taker if one.kept and one.kept.taken_by else None
    return " " + _("%(person)s answers it.", person=taker) if taker else ""


def _take(who: Opening, one: Said) -> Act | None:
    """Offer it to one person, so that nobody answers what somebody else answers."""
    if not may("communications.take") or (one.kept and one.kept.taken_by):
        return None
    url = url_for("communications.take", key=who.customer.key, number=one.number)
    return Act(_("Take it"), url, icon="hand", fields=BACK)


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[:SHORT]}…"


def _moment(date: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(date or "").replace(tzinfo=None)
    except ValueError:
        return None
