"""Changes of consent as lines of a customer's timeline; those that this desk caused fold into its act."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.pages.subscriptions.log import lines_of
from app.pages.subscriptions.words import CONTACTS, flag_of, source_of, tone_of
from app.web.channels import KINDS
from app.web.customer_page.changed import BACK
from app.web.customer_page.contributions import Act, Attention, Event
from app.web.customer_page.told_acts import event_of_act
from app.web.customers.consent_events import event_of
from app.web.customers.consent_log import LOGGED_AS, event
from app.web.sign_in.access import may

if TYPE_CHECKING:
    from app.pages.subscriptions.log import Line
    from app.rees46.subscriptions import Change
    from app.store.acts import Act as Done
    from app.web.customer_page.opening import Opening

BY_US = "api"  # how the log calls what came over the API
SOON = timedelta(minutes=2)
FARTHEST = timedelta(hours=14)  # a zone that REES46 does not name
ICONS = {"email": "mail", "sms": "message-square-text", "web_push": "globe", "mobile_push": "smartphone"}
BAD = {"hard_bounced", "complained", "blacklisted"}


def events_of(who: Opening, changes: list[Change]) -> list[Event]:
    """Tell the acts of this desk, and what else changed."""
    acts = [act for act in who.acts if act.what == "subscriptions.Manage"]
    others = [line for line in lines_of(changes) if not any(_is_of(act, line) for act in acts)]
    return [*(_by_act(who, act) for act in acts), *map(_by_log, others)]


def attention_of(changes: list[Change], email: str | None) -> list[Attention]:
    """Point out former addresses that bounced or complained: whoever writes there again makes it worse."""
    found: dict[str, Change] = {}
    for change in changes:
        is_former = change.contact_type == "email" and change.contact.lower() != (email or "").lower()
        if is_former and event(change) in BAD:
            found.setdefault(change.contact.lower(), change)
    lines = [(contact, event_of(change.event).lower(), change.datetime[:10]) for contact, change in found.items()]
    return [Attention(icon="mail-x", head=_("Former address:"), text=", ".join(line)) for line in lines]


def can_undo(act: Done) -> bool:
    """Whether an act turned something, and what it was before is known."""
    before = act.before or {}
    return (
        act.what == "subscriptions.Manage"
        and act.outcome == "done"
        and any(isinstance(was, bool) for was in before.values())
    )


def _by_act(who: Opening, act: Done) -> Event:
    undo = None
    if may("subscriptions.undo") and can_undo(act):
        fields = {"once": secrets.token_urlsafe(12), **BACK}
        url = url_for("subscriptions.undo", key=who.customer.key, number=act.id)
        undo = Act(_("Undo"), url, icon="undo-2", fields=fields)
    return event_of_act(act, icon="bell", label_of=_flag, kind="consent", act=undo, is_quiet=False)


def _flag(name: str) -> str:
    try:
        return flag_of(name)
    except KeyError:
        return name


def _by_log(line: Line) -> Event:
    change = line.change
    channel = LOGGED_AS.get(change.contact_type, change.contact_type)
    kinds = ", ".join(str(KINDS.get(kind, kind)).lower() for kind in line.kinds)
    is_everything = line.kinds == ["everything"] or len(line.kinds) == len(KINDS)
    name = str(CONTACTS.get(change.contact_type, change.contact_type))
    return Event(
        "consent",
        icon=ICONS.get(channel, "bell"),
        title=f"{event_of(change.event)}: {name}",
        at=moment_of(change),
        said_at=change.datetime,
        source=_("REES46 changes"),
        about=_("everything") if is_everything else kinds,
        notes=[part for part in (source_of(change.channel or ""), change.contact, change.ip or "") if part],
        tone="neutral" if event(change) == "subscribe" else tone_of(change.event),
    )


def moment_of(change: Change) -> datetime | None:
    try:
        return datetime.fromisoformat(change.datetime).replace(tzinfo=None)
    except ValueError:
        return None


def _is_of(act: Done, line: Line) -> bool:
    """Whether a line of the log is what an act caused: the same flags, then, over the API, in whatever zone."""
    at = moment_of(line.change)
    if at is None or line.change.channel != BY_US or act.outcome not in {"done", "unknown"}:
        return False
    apart = abs(at - act.at)
    within_hour = apart % timedelta(minutes=30)
    is_then = apart <= FARTHEST and min(within_hour, timedelta(minutes=30) - within_hour) <= SOON
    channel = LOGGED_AS.get(line.change.contact_type, line.change.contact_type)
    is_on = event(line.change) == "subscribe"
    after = act.after or {flag: not was for flag, was in (act.before or {}).items()}
    return is_then and all(after.get(f"{channel}_{kind}") is is_on for kind in line.kinds)
