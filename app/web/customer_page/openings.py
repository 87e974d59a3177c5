"""Openings that are remembered for a few seconds: they serve what fills in later, and never outlive an act."""

from __future__ import annotations

from collections import OrderedDict
from datetime import timedelta
from threading import Lock
from typing import TYPE_CHECKING

from flask import current_app
from sqlalchemy import func, select

from app.store import customer_traces
from app.store.acts import Act
from app.store.base import now
from app.web.context import desk, settings
from app.web.customer_page.opening import PATIENCE, Opening, Stamp
from app.web.customer_page.sources import sources
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask
    from sqlalchemy.orm import Session

    from app.rees46.profile import Profile
    from app.store.customers import KnownCustomer

FRESH = 8.0  # seconds that an opening serves other parts of its page
COMING = 60.0  # seconds that one is waited for whose answers are still coming
MOST = 500
TRACED = ("email", "phone")
Whose = tuple[int, int]  # a person and a customer


class Openings:
    """The last opening of each customer by each person, and profiles that were read on the way to one."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._opened: OrderedDict[Whose, Opening] = OrderedDict()
        self._handed: OrderedDict[Whose, tuple[datetime, Profile]] = OrderedDict()

    def keep(self, whose: Whose, opening: Opening) -> None:
        with self._lock:
            self._opened[whose] = opening
            self._opened.move_to_end(whose)
            while len(self._opened) > MOST:
                self._opened.popitem(last=False)

    def find(self, whose: Whose, token: str) -> Opening | None:
        with self._lock:
            found = self._opened.get(whose)
        return found if found and found.token == token else None

    def hand_over(self, whose: Whose, profile: Profile) -> None:
        with self._lock:
            self._handed[whose] = now(), profile
            while len(self._handed) > MOST:
                self._handed.popitem(last=False)

    def take_over(self, whose: Whose, stamp: Stamp) -> Profile | None:
        """Give what was handed over, once, unless something was done meanwhile."""
        with self._lock:
            handed = self._handed.pop(whose, None)
        if handed is None:
            return None
        at, profile = handed
        is_fresh = now() - at < timedelta(seconds=FRESH) and all(done < at for done in stamp[1:] if done)
        return profile if is_fresh else None


def init_app(app: Flask) -> None:
    app.extensions["openings"] = Openings()
    app.config.setdefault("PATIENCE", PATIENCE)


def open_page(customer: KnownCustomer, token: str = "") -> Opening:
    """Open the page of a customer, or go on with an opening that is still good."""
    whose = me().id, customer.id
    with desk().reading() as db:
        stamp = _stamp(db, customer)
        former = customer_traces.seen_with(db, customer.id, TRACED, settings().key)
    handed = _openings().take_over(whose, stamp)
    opening = _openings().find(whose, token)
    if opening is None or opening.stamp != stamp or opening.age > (FRESH if opening.is_whole else COMING):
        opening = Opening(customer, stamp, former, sources())
        if handed:
            opening.hand_over(handed)
        _openings().keep(whose, opening)
    opening.ask(None if token else current_app.config["PATIENCE"])
    return opening


def _stamp(db: Session, customer: KnownCustomer) -> Stamp:
    """Name the state of what was done about a customer: an act about them makes it another one, and so does its end."""
    query = select(func.max(Act.id), func.max(Act.at), func.max(Act.ended)).where(Act.customer_id == customer.id)
    return tuple(db.execute(query).one())


def hand_over(customer: KnownCustomer, profile: Profile) -> None:
    """Let the page of a customer, to which a search leads, begin with the profile that it has read."""
    _openings().hand_over((me().id, customer.id), profile)


def _openings() -> Openings:
    found: Openings = current_app.extensions["openings"]
    return found
