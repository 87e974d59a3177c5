"""A year of subscription changes that ends today: a weekly rhythm, slow growth and one bad day.

The log ends where the consents are: whoever is off was turned off last.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.engine.seed.keep import put
from app.engine.store.subscription_log import SubscriptionChange

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from app.engine.seed.person import Person
    from app.engine.store.db import Db

DAYS = 365
BAD_DAY = 41  # days ago: a mailing went to everybody twice
RHYTHM = (1.15, 1.1, 1.05, 1.0, 0.95, 0.6, 0.55)  # Monday to Sunday
IN, OUT = ("popup", "popup", "popup", "import", "api", "crm"), ("unsubscribe_page", "unsubscribe_page", "api", "crm")
BY_PERSON = {"popup", "unsubscribe_page"}
FAULTS = {
    "bounced": ("hard_bounced", ("bulk_sending", "transactional_sending", "api_callback")),
    "suppressed": ("complained", ("email_feedback_processing", "email_feedback_processing", "api_callback")),
    "blacklisted": ("blacklisted", ("api_callback", "crm")),
}


class Year:
    """Draws moments of the past year, more of them on working days and lately."""

    def __init__(self, random: Random, now: datetime) -> None:
        self.random = random
        self.now = now
        self.midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        self.weights = [
            RHYTHM[(self.midnight - timedelta(days=ago)).weekday()] * (1.5 - ago / DAYS) for ago in range(DAYS)
        ]

    def moment(self) -> datetime:
        (ago,) = self.random.choices(range(DAYS), self.weights)
        return self._on(ago)

    def bad_moment(self) -> datetime:
        """Every third time the bad day."""
        return self._on(BAD_DAY) if self.random.random() < 0.33 else self.moment()

    def after(self, moment: datetime, other: datetime) -> datetime:
        """Give the other moment, or one soon after the first if that came later."""
        later = other if other > moment else moment + timedelta(minutes=self.random.randint(5, 600))
        return min(later, self.now)

    def _on(self, ago: int) -> datetime:
        """Most things happen in the afternoon, and nothing after this moment."""
        at = min(max(self.random.gauss(15, 4), 0.1), 23.8)
        part_of_day = (self.now - self.midnight) / timedelta(days=1) if ago == 0 else 1
        return self.midnight - timedelta(days=ago) + timedelta(seconds=int(at * 3600 * part_of_day))


def changes(db: Db, random: Random, persons: list[Person]) -> None:
    """Insert the changes in the order of time."""
    year = Year(random, db.now)
    rows = (row for person in persons for row in _of(year, person))
    put(db, SubscriptionChange, sorted(rows, key=lambda row: row["at"]))


def _of(year: Year, person: Person) -> Iterator[dict[str, Any]]:
    faults = {"email": person.unusable[0]} if person.unusable else {}
    for channel, contact in (("email", person.key("email")), ("sms", person.key("phone"))):
        address = faults[channel][0] if channel in faults else contact
        said = [flag for flag in person.on + person.off if flag.startswith(channel)]
        if not address or not said:
            continue
        joined = year.moment()
        if year.random.random() < 0.6:
            yield from _rows(year, channel, address, "subscribe", IN, said, joined)
        off = [flag for flag in said if flag in person.off]
        if channel in faults:
            event, places = FAULTS[faults[channel][1]]
            yield from _rows(year, channel, address, event, places, said, year.after(joined, year.bad_moment()))
        elif off:
            left = year.after(joined, year.bad_moment())
            yield from _rows(year, channel, address, "unsubscribe", OUT, off, left)


def _rows(  # noqa: PLR0917  # the columns of a row
    year: Year, channel: str, contact: str, event: str, places: tuple[str, ...], flags: list[str], at: datetime
) -> Iterator[dict[str, Any]]:
    place = year.random.choice(places)
    ip = f"198.51.100.{year.random.randint(1, 254)}" if place in BY_PERSON else ""
    for flag in flags:
        yield {
            "at": at,
            "contact_type": channel,
            "contact": contact,
            "campaign_type": flag.partition("_")[2],
            "event": event,
            "channel": place,
            "ip": ip,
        }
