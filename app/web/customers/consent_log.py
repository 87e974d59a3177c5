"""What the log of consents says of a person, by all contacts that they had: read when it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from app.rees46.errors import Rees46Error
from app.rees46.subscriptions import TYPES, Change, Changes
from app.store.base import now
from app.web.customers.consent_events import SYNONYMS
from app.web.customers.contact_state import LOOKS_BACK, is_of
from app.web.customers.keys import normal
from app.web.customers.parse import Reading
from app.web.customers.traces import former_contacts
from app.web.rees46 import ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.rees46.profile import Profile
    from app.store.customer_traces import Seen
    from app.store.customers import KnownCustomer

LOGGED_AS = {"wpush": "web_push", "mpush": "mobile_push"}  # of a channel, in the log of changes
MOST = 200  # changes of one contact; the newest of each kind is among them
MOST_CONTACTS = 6  # whose changes are read: the present ones first, then those that they replaced


@dataclass(eq=False)
class ConsentLog:
    """The changes of some contacts: one call to REES46 for each, and only once somebody looks."""

    contacts: list[Reading]
    ask: Callable[[Changes], list[Change]] = ask

    @cached_property
    def _read(self) -> list[Change] | None:
        theirs = []
        try:
            for contact in self.contacts:
                theirs += [change for change in self.ask(question_of(contact)) if is_of(change, contact)]
        except Rees46Error:
            return None
        return sorted(theirs, key=lambda change: change.datetime, reverse=True)

    @property
    def is_recorded(self) -> bool:
        """Whether it could be read."""
        return self._read is not None

    @property
    def changes(self) -> list[Change]:
        """All changes, newest first."""
        return self._read or []

    @cached_property
    def newest(self) -> dict[str, Change]:
        """The latest change of each flag."""
        found: dict[str, Change] = {}
        for change in self.changes:
            channel = LOGGED_AS.get(change.contact_type, change.contact_type)
            kinds = TYPES if change.campaign_type == "everything" else (change.campaign_type,)
            for kind in kinds:
                found.setdefault(f"{channel}_{kind}", change)
        return found


def log_of(customer: KnownCustomer, profile: Profile | None, email: str | None, phone: str | None) -> ConsentLog:
    """Name the contacts of a person: a no that was said to a former one is still theirs."""
    return ConsentLog(contacts_of(profile, email, phone, former_contacts(customer, email, phone))[:MOST_CONTACTS])


def contacts_of(profile: Profile | None, email: str | None, phone: str | None, former: list[Seen]) -> list[Reading]:
    """List the contacts of a person: the present ones, those that they replaced, then the additional ones."""
    more = [("email", additional_email) for additional_email in profile.additional_emails] if profile else []
    more += [("phone", additional_phone) for additional_phone in profile.additional_phones] if profile else []
    every = [("email", email), ("phone", phone), *former, *more]
    return list(dict.fromkeys(Reading(kind, normal(kind, value)) for kind, value in every if value))


def question_of(contact: Reading) -> Changes:
    """Ask for the newest changes of one contact."""
    return Changes(**contact.identity, from_=now().date() - LOOKS_BACK, limit=MOST)


def event(change: Change) -> str:
    return SYNONYMS.get(change.event, change.event)
