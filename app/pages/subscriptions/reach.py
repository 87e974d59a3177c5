"""Can we reach them, and why not: consents, what stops them, and the change that each "off" came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.pages.subscriptions.words import CHANNELS, KINDS
from app.rees46.errors import Rees46Error
from app.rees46.subscriptions import CHANNELS as CHANNEL_NAMES
from app.rees46.subscriptions import MORE_CHANNELS, TYPES, TYPES_OF, Change, Changes, Check
from app.store.base import now
from app.web.customers.consent_events import SYNONYMS
from app.web.customers.contact_state import LOOKS_BACK, STOPS, is_of, stops_of
from app.web.customers.keys import normal
from app.web.customers.lookup import read_profile
from app.web.customers.parse import Reading
from app.web.customers.traces import former_contacts
from app.web.rees46 import ask
from app.web.shops import shop

if TYPE_CHECKING:
    from app.rees46.profile import Profile
    from app.rees46.subscriptions import Status
    from app.store.customers import KnownCustomer

LOGGED_AS = {"wpush": "web_push", "mpush": "mobile_push"}  # of a channel, in the log of changes
MOST = 200  # changes of one contact; the newest of each kind is among them
MOST_CONTACTS = 6  # whose changes are read: the present ones first, then those that they replaced


@dataclass(frozen=True)
class Cell:
    """One kind of message over one channel: whether it may be sent, and what decided that."""

    flag: str
    is_on: bool | None  # None: REES46 did not say
    stops: tuple[str, ...]  # why nothing at all goes to this contact, in words
    last: Change | None  # the newest change of this flag that REES46 knows
    is_recorded: bool  # whether the log of changes could be read

    @property
    def kind(self) -> str:
        return str(KINDS[self.flag.rpartition("_")[2]])

    @property
    def goes_out(self) -> bool:
        return bool(self.is_on) and not self.stops

    @property
    def was_left(self) -> bool:
        """Whether somebody turned it off; lifting that wants a reason. Not knowing counts as yes."""
        if self.is_on:
            return False
        return not self.is_recorded if self.last is None else event(self.last) != "subscribe"


@dataclass(frozen=True)
class Reach:
    """All that decides whether a customer can be reached."""

    status: Status
    profile: Profile | None
    email: str | None
    phone: str | None
    channels: tuple[str, ...]  # e-mail, SMS, and what else the shop has
    cells: dict[str, Cell]
    changes: list[Change]
    is_recorded: bool

    def of(self, channel: str) -> list[Cell]:
        return [self.cells[f"{channel}_{kind}"] for kind in TYPES_OF[channel]]

    @property
    def flags(self) -> dict[str, bool | None]:
        return {flag: cell.is_on for flag, cell in self.cells.items()}

    def verdict(self, channel: str) -> str:
        """Say in one sentence what can be sent over a channel."""
        cells = self.of(channel)
        open_ = [cell.kind.lower() for cell in cells if cell.goes_out]
        if stops := cells[0].stops:
            return stops[0]
        if all(cell.is_on is None for cell in cells):
            return _("REES46 did not say which kinds may be sent.")
        if not open_:
            return _("Nothing may be sent: every kind is off.")
        if len(open_) == len(cells):
            return _("Every kind may be sent.")
        return _("May be sent: %(kinds)s.", kinds=", ".join(open_))

    def is_open(self, channel: str) -> bool | None:
        """Whether anything goes out over a channel; None where REES46 did not say enough to know."""
        cells = self.of(channel)
        if any(cell.goes_out for cell in cells):
            return True
        return None if not cells[0].stops and any(cell.is_on is None for cell in cells) else False

    @property
    def untold_stops(self) -> bool:
        """Whether REES46 kept silent on something that would stop every e-mail."""
        return bool(self.email) and any(getattr(self.status, flag) is None for flag in STOPS)


def reach_of(customer: KnownCustomer) -> Reach:
    """Ask REES46 for everything; the log of changes may fail without the rest."""
    profile = read_profile(customer.identity)
    email = (profile.email if profile else None) or (customer.value if customer.kind == "email" else None)
    phone = (profile.phone if profile else None) or (customer.value if customer.kind == "phone" else None)
    known = {kind: value for kind, value in (("email", email), ("phone", phone)) if value}
    status = ask(Check(**(known or customer.identity)))
    changes = _changes(_contacts(customer, profile, email, phone))
    newest = _newest(changes or [])
    stops = {"email": _stops_email(status, email, profile), "sms": _stops_sms(phone, profile)}
    channels = (*CHANNEL_NAMES, *(channel for channel in MORE_CHANNELS if channel in shop().channels))
    cells = {
        flag: Cell(flag, getattr(status, flag), stops.get(channel, ()), newest.get(flag), changes is not None)
        for channel in channels
        for flag in (f"{channel}_{kind}" for kind in TYPES_OF[channel])
    }
    return Reach(status, profile, email, phone, channels, cells, changes or [], changes is not None)


def _contacts(customer: KnownCustomer, profile: Profile | None, email: str | None, phone: str | None) -> list[Reading]:
    """List the contacts of a person: a no that was said to a former one is still theirs."""
    more = [("email", one) for one in profile.additional_emails] if profile else []
    more += [("phone", one) for one in profile.additional_phones] if profile else []
    every = [("email", email), ("phone", phone), *more, *former_contacts(customer, email, phone)]
    told = [Reading(kind, normal(kind, value)) for kind, value in every if value]
    return list(dict.fromkeys(told))[:MOST_CONTACTS]


def _changes(contacts: list[Reading]) -> list[Change] | None:
    """Read the log of all contacts, newest first; None when it could not be read."""
    since, theirs = now().date() - LOOKS_BACK, []
    try:
        for contact in contacts:
            found = ask(Changes(**contact.identity, from_=since, limit=MOST))
            theirs += [change for change in found if is_of(change, contact)]
    except Rees46Error:
        return None
    return sorted(theirs, key=lambda change: change.datetime, reverse=True)


def _newest(changes: list[Change]) -> dict[str, Change]:
    """The latest change of each flag; `changes` are newest first."""
    found: dict[str, Change] = {}
    for change in changes:
        channel = LOGGED_AS.get(change.contact_type, change.contact_type)
        kinds = TYPES if change.campaign_type == "everything" else (change.campaign_type,)
        for kind in kinds:
            found.setdefault(f"{channel}_{kind}", change)
    return found


def _stops_email(status: Status, email: str | None, profile: Profile | None) -> tuple[str, ...]:
    if not email:
        is_told = profile is None or profile.tells("email")
        return (_("No e-mail address.") if is_told else _("REES46 did not say whether there is an e-mail address."),)
    return stops_of(status)


def _stops_sms(phone: str | None, profile: Profile | None) -> tuple[str, ...]:
    if phone:
        return ()
    is_told = profile is None or profile.tells("phone")
    return (_("No phone number.") if is_told else _("REES46 did not say whether there is a phone number."),)


def event(change: Change) -> str:
    return SYNONYMS.get(change.event, change.event)


def title_of(channel: str) -> str:
    return str(CHANNELS[channel])
