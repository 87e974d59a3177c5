"""People: who works at the desk, in which role, and how they sign in."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Index, Select, String, bindparam, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store import second_factors, sessions, tokens
from app.store.base import Base, Id, Json, Moment, now
from app.store.sessions import BrowserSession, Limits

FIRST_EMAIL = "admin@desk46.local"
TEMPORARY = timedelta(days=1)
HASHES_AT_ONCE = 2  # each takes 64 MB and tens of milliseconds of several cores
MAY_WAIT = 4  # for their turn, and no longer than SECONDS_TO_WAIT: they hold a thread of the server
SECONDS_TO_WAIT = 2.0
UNDO_SECONDS, LONGEST_UNDO = 10, 60
_hashing, _waiting = BoundedSemaphore(HASHES_AT_ONCE), BoundedSemaphore(HASHES_AT_ONCE + MAY_WAIT)
_hasher = PasswordHasher()
_nobody = _hasher.hash("nobody has this password")


class Role(StrEnum):
    """What a person may do. Viewers only read; admins may do everything."""

    VIEWER = "viewer"
    SUPPORT = "support"
    MARKETER = "marketer"
    ADMIN = "admin"


class TooManyAtOnce(Exception):
    """More passwords are being hashed than this machine can at once."""


class Person(Base):
    """Somebody who signs in."""

    __tablename__ = "people"
    __table_args__ = (Index("ix_people_subject", "subject", unique=True),)

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(16))
    password: Mapped[str] = mapped_column(String(255))
    temporary_until: Mapped[datetime | None]  # a password that somebody else made has to be changed before
    active: Mapped[bool] = mapped_column(default=True)
    language: Mapped[str | None] = mapped_column(String(8))
    shop_id: Mapped[int | None]
    pins: Mapped[list[str]] = mapped_column(Json, default=list)
    created: Mapped[Moment]
    last_seen: Mapped[datetime | None]
    notices: Mapped[list[str]] = mapped_column(Json, default=list, server_default="[]")  # what they want to be told
    # Seconds in which they may take back what goes to many or cannot be reversed, and a single message or hand-out.
    undo_seconds: Mapped[int] = mapped_column(default=UNDO_SECONDS, server_default=str(UNDO_SECONDS))
    undo_seconds_single: Mapped[int] = mapped_column(default=0, server_default="0")

    # The shops that they were given, by number, with the role there; "" is the role above. Administrators have all.
    shop_roles: Mapped[dict[str, str]] = mapped_column(Json, default=dict, server_default="{}")

    subject: Mapped[str | None] = mapped_column(String(255))  # issuer and name at the OpenID provider

    # What Flask-Login asks of a user.
    is_authenticated = True
    is_anonymous = False
    token = ""  # of the session in which they are here, see store/sessions.py
    # Whether they have a second factor, and whether their role has to; looked up with the session.
    has_second_factor = False
    needs_second_factor = False
    in_shop = 0  # where they act, see web/shops.py and work/acting.py; 0 outside of shops

    @property
    def is_active(self) -> bool:
        return self.active

    @property
    def is_password_expired(self) -> bool:
        """Whether a password that somebody else made was not changed in time."""
        return self.temporary_until is not None and self.temporary_until <= now()

    def get_id(self) -> str:
        """Give what Flask-Login keeps in the cookie."""
        return self.token

    def may(self, roles: frozenset[str]) -> bool:
        """Whether one of some roles is theirs where they act now; outside of shops their own role counts."""
        return self.may_in(self.in_shop, roles)

    def may_in(self, shop_id: int, roles: frozenset[str]) -> bool:
        role = self.role_in(shop_id) if shop_id else self.role
        return role == Role.ADMIN or role in roles

    @property
    def role_here(self) -> str:
        """The role where they act now."""
        return (self.role_in(self.in_shop) or "") if self.in_shop else self.role

    def role_in(self, shop_id: int) -> str | None:
        """The role in a shop; None in one that they were not given."""
        if self.role == Role.ADMIN:
            return self.role
        given = self.shop_roles.get(str(shop_id))
        return given if given is None else given or self.role


def by_session(db: Session, token: str, host: str) -> tuple[Person, BrowserSession] | None:
    """Find who is signed in with a token; whoever may still be here is found out each time, see `may_be_here`."""
    row = db.execute(_by_session(host), {"digest": sessions.digest_of(token)}).one_or_none()
    if row is None:
        return None
    person, session, has, needs = row
    person.has_second_factor, person.needs_second_factor = has, needs
    return person, session


@lru_cache(maxsize=8)
def _by_session(host: str) -> Select[Person, BrowserSession, bool, bool]:
    """Give the query that nearly every request begins with: writing it takes as long as asking it."""
    factor = second_factors.is_had_by(Person.id, host), second_factors.is_demanded_of(Person.role, Person.shop_roles)
    query = select(Person, BrowserSession, *factor).join(BrowserSession, BrowserSession.person_id == Person.id)
    return query.where(BrowserSession.digest == bindparam("digest"), Person.active)


def may_be_here(person: Person, session: BrowserSession, limits: Limits) -> bool:
    """Whether the session is not over by now, and the password was changed in time if it had to be."""
    return limits.allow(session) and not person.is_password_expired


def by_email(db: Session, email: str) -> Person | None:
    return db.scalar(select(Person).where(Person.email == normalised(email)))


def by_subject(db: Session, subject: str) -> Person | None:
    return db.scalar(select(Person).where(Person.subject == subject))


def normalised(email: str) -> str:
    """Write an address as it is kept: in any other writing it is the same person."""
    return email.strip().lower()


def everyone(db: Session) -> list[Person]:
    return list(db.scalars(select(Person).order_by(Person.active.desc(), Person.name)))


def add(
    db: Session,
    *,
    email: str,
    name: str,
    role: str,
    password: str,
    temporary: bool = False,
    shop_roles: dict[str, str] | None = None,
) -> Person:
    """Add a person; a temporary password is one that they have to change."""
    until = now() + TEMPORARY if temporary else None
    person = Person(email=normalised(email), name=name, role=role, password=hash_of(password), temporary_until=until)
    person.shop_roles = shop_roles or {}
    db.add(person)
    db.flush()
    return person


def change(
    db: Session, person: Person, *, name: str, role: str, active: bool, shop_roles: dict[str, str] | None = None
) -> None:
    """Change what a person is and may; with another role, or none, they are signed out everywhere.

    What they may in which shop is read at each request.
    """
    if role != person.role or not active:
        sessions.end_all(db, person.id)
        tokens.end_all(db, person.id)
    person.name, person.role, person.active = name, role, active
    if shop_roles is not None:
        person.shop_roles = shop_roles


def set_password(db: Session, person: Person, hashed: str, *, temporary: bool) -> None:
    """Set a new password, given as its hash; whoever was signed in with the old one is signed out."""
    person.password = hashed
    person.temporary_until = now() + TEMPORARY if temporary else None
    sessions.end_all(db, person.id)
    tokens.end_all(db, person.id)


def hash_of(password: str) -> str:
    """Hash a password; it takes a while, so not within a transaction."""
    with _turn():
        return _hasher.hash(password)


def has_password(person: Person | None, password: str) -> bool:
    """Check a password; takes as long when there is no such person."""
    with _turn():
        try:
            _hasher.verify(person.password if person else _nobody, password)
        except (VerificationError, InvalidHashError):
            return False
    return person is not None


@contextmanager
def _turn() -> Iterator[None]:
    """Hash only a few passwords at once, however many are tried."""
    if not _waiting.acquire(blocking=False):
        raise TooManyAtOnce
    try:
        if not _hashing.acquire(timeout=SECONDS_TO_WAIT):
            raise TooManyAtOnce
        try:
            yield
        finally:
            _hashing.release()
    finally:
        _waiting.release()


def seen(person: Person) -> None:
    person.last_seen = now()


def administrators(db: Session) -> int:
    return db.scalar(select(func.count()).where(Person.role == Role.ADMIN, Person.active)) or 0


def first_administrator(db: Session, *, temporary: bool) -> tuple[str, str] | None:
    """Make the first administrator of an empty desk."""
    if db.scalar(select(Person.id).limit(1)):
        return None
    password = secrets.token_urlsafe(9)
    add(db, email=FIRST_EMAIL, name="Administrator", role=Role.ADMIN, password=password, temporary=temporary)
    return FIRST_EMAIL, password
