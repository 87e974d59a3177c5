"""Can we reach them, and why not: one answer for the badges of a profile, the panel of it and the review of a message.

A transactional message needs no yes, but a no is respected (rees46.md#messages).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from flask_babel import gettext as _

from app.rees46.subscriptions import CHANNELS as CHANNEL_NAMES
from app.rees46.subscriptions import MORE_CHANNELS, TYPES_OF, Change, Check
from app.web.channels import KINDS, PUSHES
from app.web.customers.consent_events import event_of
from app.web.customers.consent_log import ConsentLog, event, log_of
from app.web.customers.contact_state import STOPS, stops_of
from app.web.customers.lookup import read_profile
from app.web.rees46 import ask
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.rees46.profile import Profile
    from app.rees46.subscriptions import Status
    from app.store.customers import KnownCustomer

Answer = Literal["yes", "no", "unknown"]


@dataclass(frozen=True)
class Cell:
    """One kind of message over one channel: whether it goes out, and what decides that."""

    flag: str
    is_on: bool | None  # None: REES46 did not say
    stops: tuple[str, ...]  # why nothing at all goes to this contact, in words
    untold: str  # what REES46 did not say of the contact itself
    log: ConsentLog

    @property
    def kind(self) -> str:
        return str(KINDS[self.flag.rpartition("_")[2]])

    @property
    def last(self) -> Change | None:
        """The newest change of this flag that REES46 knows."""
        return self.log.newest.get(self.flag)

    @property
    def is_recorded(self) -> bool:
        """Whether the log of changes could be read."""
        return self.log.is_recorded

    @property
    def needs_no_yes(self) -> bool:
        return self.flag.endswith("_transactional")

    @property
    def was_never_asked(self) -> bool:
        """Whether this is off because nobody ever said anything, as far as the log tells."""
        return self.is_on is False and self.is_recorded and self.last is None

    @property
    def answer(self) -> Answer:
        if self.stops:
            return "no"
        if self.untold or self.is_on is None:
            return "unknown"
        if self.is_on or (self.needs_no_yes and self.was_never_asked):
            return "yes"
        return "no" if self.is_recorded or not self.needs_no_yes else "unknown"

    @property
    def why(self) -> str:
        """Say what decides it."""
        if self.stops or self.untold:
            return self.stops[0] if self.stops else self.untold
        if self.is_on is not False:
            return _("On.") if self.is_on else _("REES46 did not say.")
        if self.last:
            return _("%(event)s, %(moment)s.", event=event_of(self.last.event), moment=self.last.datetime[:16])
        if not self.is_recorded:
            return _("Off; the log that says why could not be read.")
        if self.needs_no_yes:
            return _("Never asked; a transactional message needs no yes.")
        return _("Never subscribed, as far as REES46 tells.")

    @property
    def goes_out(self) -> bool:
        return self.answer == "yes"

    @property
    def was_left(self) -> bool:
        """Whether somebody turned it off; lifting that wants a reason. Not knowing counts as yes."""
        if self.is_on:
            return False
        return not self.is_recorded if self.last is None else event(self.last) != "subscribe"


@dataclass(frozen=True)
class Way:
    """A channel for one message: whether it reaches the customer, and why."""

    channel: str
    answer: Answer
    why: str


@dataclass(frozen=True)
class Reach:
    """All that decides whether a customer can be reached."""

    status: Status
    profile: Profile | None
    email: str | None
    phone: str | None
    channels: tuple[str, ...]  # e-mail, SMS, and what else the shop has
    cells: dict[str, Cell]
    log: ConsentLog

    def of(self, channel: str) -> list[Cell]:
        return [self.cells[f"{channel}_{kind}"] for kind in TYPES_OF[channel]]

    @property
    def flags(self) -> dict[str, bool | None]:
        return {flag: cell.is_on for flag, cell in self.cells.items()}

    def verdict(self, channel: str) -> str:
        """Say in one sentence what can be sent over a channel."""
        cells = self.of(channel)
        open_ = [cell.kind.lower() for cell in cells if cell.goes_out]
        if cells[0].stops or cells[0].untold:
            return cells[0].why
        if all(cell.is_on is None for cell in cells):
            return _("REES46 did not say which kinds may be sent.")
        if not open_:
            return self._nothing_surely(cells)
        if len(open_) == len(cells):
            return _("Every kind may be sent.")
        if all(cell.is_on is False for cell in cells):
            return _("Never asked: only what needs no yes may be sent (%(kinds)s).", kinds=", ".join(open_))
        return _("May be sent: %(kinds)s.", kinds=", ".join(open_))

    @staticmethod
    def _nothing_surely(cells: list[Cell]) -> str:
        unknown = [cell.kind.lower() for cell in cells if cell.answer == "unknown"]
        if unknown:
            return _("It is not known whether these may be sent: %(kinds)s.", kinds=", ".join(unknown))
        return _("Nothing may be sent: every kind is off.")

    def is_open(self, channel: str) -> bool | None:
        """Whether anything goes out over a channel; None where REES46 did not say enough to know."""
        answers = {cell.answer for cell in self.of(channel)}
        return True if "yes" in answers else None if "unknown" in answers else False

    def way(self, channel: str, kind: str = "transactional") -> Way:
        """Say whether one message of a kind goes out over a channel."""
        if channel in PUSHES:
            return self.push(channel)
        cell = self.cells[f"{channel}_{kind}"]
        return Way(channel, cell.answer, cell.why)

    def push(self, channel: str) -> Way:
        """Say whether a push reaches them: by its device, and by what REES46 tells of refusals."""
        has_device = self.status.pushes("web_push" if channel == "web_push" else "mobile_push")
        if has_device is None:
            return Way(channel, "unknown", _("REES46 did not say."))
        if has_device:
            return Way(channel, "yes", _("A device takes it."))
        return Way(channel, "no", _("No device takes it."))

    @property
    def untold_stops(self) -> bool:
        """Whether REES46 kept silent on something that would stop every e-mail."""
        return bool(self.email) and any(getattr(self.status, flag) is None for flag in STOPS)


def reach_of(customer: KnownCustomer, contacts: Mapping[str, str] | None = None) -> Reach:
    """Ask REES46 for everything. `contacts` of a message come before those of the profile."""
    return reach_with(customer, read_profile(customer.identity), contacts or {})


def reach_with(customer: KnownCustomer, profile: Profile | None, contacts: Mapping[str, str]) -> Reach:
    """Do so for a customer whose profile was read already."""
    email, phone = contacts_now(customer, profile, contacts)
    known = {kind: value for kind, value in (("email", email), ("phone", phone)) if value}
    status = ask(Check(**(known or customer.identity)))
    return reach_from(status, profile, email, phone, log_of(customer, profile, email, phone))


def contacts_now(
    customer: KnownCustomer, profile: Profile | None, contacts: Mapping[str, str]
) -> tuple[str | None, str | None]:
    """Give the address and the number by which a customer can be reached now."""
    email = contacts.get("email") or (profile and profile.email) or _own(customer, "email")
    phone = contacts.get("phone") or (profile and profile.phone) or _own(customer, "phone")
    return email, phone


def reach_from(status: Status, profile: Profile | None, email: str | None, phone: str | None, log: ConsentLog) -> Reach:
    """Judge by what was read already."""
    stops, untold = _stops(status, profile, email=email, phone=phone), _untold(profile, email=email, phone=phone)
    channels = (*CHANNEL_NAMES, *(channel for channel in MORE_CHANNELS if channel in shop().channels))
    cells = {
        flag: Cell(flag, getattr(status, flag), stops.get(channel, ()), untold.get(channel, ""), log)
        for channel in channels
        for flag in (f"{channel}_{kind}" for kind in TYPES_OF[channel])
    }
    return Reach(status, profile, email, phone, channels, cells, log)


def _own(customer: KnownCustomer, kind: str) -> str | None:
    return customer.value if customer.kind == kind else None


def _stops(
    status: Status, profile: Profile | None, *, email: str | None, phone: str | None
) -> dict[str, tuple[str, ...]]:
    """Say by channel why nothing at all goes out."""
    lacks = {
        "email": () if email or not _tells(profile, "email") else (_("No e-mail address."),),
        "sms": () if phone or not _tells(profile, "phone") else (_("No phone number."),),
    }
    return lacks | ({"email": stops_of(status)} if email else {})


def _untold(profile: Profile | None, *, email: str | None, phone: str | None) -> dict[str, str]:
    untold = {}
    if not email and not _tells(profile, "email"):
        untold["email"] = _("REES46 did not say whether there is an e-mail address.")
    if not phone and not _tells(profile, "phone"):
        untold["sms"] = _("REES46 did not say whether there is a phone number.")
    return untold


def _tells(profile: Profile | None, contact: str) -> bool:
    return profile is None or profile.tells(contact)
