"""Wrong passwords of late, and the pause that they make: it grows with each, and never locks anybody out.

A try is counted before the password is looked at, so that a hundred at once are no way round; a right one is taken
back. What is counted stands there under a keyed digest: strangers type other people's addresses, or a password in the
wrong field.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.counters import Counted, Counter
from app.secret_key import SecretKey
from app.store.base import Base, now
from app.store.sweeping import delete_some
from app.vault import digests

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=15)
DOUBLINGS = 6  # after which a pause is the longest in any case


class WrongPassword(Counted, Base):
    """A try that was not right, or is being looked at."""

    __tablename__ = "wrong_passwords"
    __table_args__ = (Index(None, "name", "at"), Index(None, "at"))

    name: Mapped[str] = mapped_column(String(64))


@dataclass(frozen=True)
class Limit:
    """How many wrong tries are free, under a name: an account, an address, a device."""

    name: str
    free: int
    window: timedelta
    is_one_persons: bool = True  # a right password clears it; those of an address say nothing of each other

    def counter(self, key: SecretKey) -> Counter:
        return Counter(WrongPassword, {"name": digests(self.name, key)}, self.window)

    def pause(self, wrong: int) -> timedelta:
        """Say how long to wait after so many wrong ones."""
        if wrong < self.free:
            return timedelta()
        return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(wrong - self.free, DOUBLINGS)))


def of_account(email: str) -> Limit:
    return Limit(f"account {email}", free=5, window=DAY)


def of_address(address: str) -> Limit:
    """Many people may sit behind one address."""
    return Limit(f"address {address}", free=50, window=HOUR, is_one_persons=False)


def of_device(device: str, person_id: int) -> Limit:
    """A device from which this person signed in before: strangers who try their account do not slow it down."""
    return Limit(f"device {device} {person_id}", free=5, window=DAY)


def of_session(person_id: int) -> Limit:
    """Whoever is signed in and asked for the present password."""
    return Limit(f"session {person_id}", free=5, window=DAY)


def of_second_factor(person_id: int, device: str = "") -> Limit:
    """Codes after the password, from a device from which this person signed in before or from any other."""
    return Limit(f"second factor {device} {person_id}", free=5, window=DAY)


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some tries that count no more; True when there may be more."""
    return delete_some(db, WrongPassword, WrongPassword.at <= before)


def begin(db: Session, limits: list[Limit], key: SecretKey) -> timedelta:
    """Count a try, or give the time until one may be made."""
    moment = now()
    ordered = sorted(limits, key=lambda limit: limit.name)  # whoever waits for each other does so in one order
    counters = [(limit, limit.counter(key)) for limit in ordered]
    wait = max(_wait(limit, counter.times(db, moment), moment) for limit, counter in counters)
    if not wait:
        for _limit, counter in counters:
            counter.add(db, moment)
    return wait


def _wait(limit: Limit, wrong: list[datetime], moment: datetime) -> timedelta:
    pause = limit.pause(len(wrong))
    return max(timedelta(), wrong[-1] + pause - moment) if pause else timedelta()


def take_back(db: Session, limits: list[Limit], key: SecretKey) -> None:
    """Count a try not, after all: nobody looked at its password."""
    for limit in limits:
        limit.counter(key).take_back(db)


def right(db: Session, limits: list[Limit], key: SecretKey) -> None:
    """Forget wrong tries, since the password was right."""
    for limit in limits:
        counter = limit.counter(key)
        if limit.is_one_persons:
            counter.clear(db)
        else:
            counter.take_back(db)
