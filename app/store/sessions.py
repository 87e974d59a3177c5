"""Sessions: who is signed in with which browser, since when, and when they were last there.

A browser keeps a random token, the database only its digest: a copy of the database signs nobody in.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, ForeignKey, String, and_, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Moment, now
from app.store.sweeping import delete_some


@dataclass(frozen=True)
class Limits:
    """How long a session lasts: without anything being done in it, and at the most."""

    idle: timedelta
    absolute: timedelta

    def still_good(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """Say in SQL which sessions are not over."""
        moment = now()
        return BrowserSession.seen > moment - self.idle, BrowserSession.began > moment - self.absolute

    def allow(self, session: BrowserSession) -> bool:
        """Whether a session, which may have been read a while ago, is not over by now."""
        moment = now()
        return session.seen > moment - self.idle and session.began > moment - self.absolute


class BrowserSession(Base):
    """A browser in which somebody is signed in. It ends by being deleted."""

    __tablename__ = "sessions"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    device: Mapped[str] = mapped_column(String(255))  # the User-Agent
    address: Mapped[str] = mapped_column(String(64))
    began: Mapped[Moment]
    seen: Mapped[Moment] = mapped_column(index=True)
    proven: Mapped[Moment]  # when its person last showed by a password or a code that it is them


def begin(db: Session, person_id: int, *, device: str, address: str) -> str:
    """Sign a person in and give the token that the browser keeps."""
    moment, token = now(), secrets.token_urlsafe(32)
    where = {"device": device.replace("\0", "")[:255], "address": address[:64]}
    db.add(BrowserSession(person_id=person_id, digest=digest_of(token), began=moment, seen=moment, **where))
    return token


def forget_old(db: Session, limits: Limits) -> bool:
    """Let go of some that are over; True when there may be more."""
    is_good = limits.still_good()
    return delete_some(db, BrowserSession, ~and_(*is_good))


def of_person(db: Session, person_id: int, limits: Limits) -> list[BrowserSession]:
    """List where a person is signed in, last used first."""
    query = select(BrowserSession).where(BrowserSession.person_id == person_id, *limits.still_good())
    return list(db.scalars(query.order_by(BrowserSession.seen.desc(), BrowserSession.id.desc())))


def prove_anew(db: Session, number: int) -> str | None:
    """Note that somebody showed again who they are; the session goes on under another token. None if it is over."""
    token = secrets.token_urlsafe(32)
    change = update(BrowserSession).where(BrowserSession.id == number).values(proven=now(), digest=digest_of(token))
    return token if db.scalar(change.returning(BrowserSession.id)) is not None else None


def touch(db: Session, number: int) -> None:
    """Note that somebody is there."""
    db.execute(update(BrowserSession).where(BrowserSession.id == number).values(seen=now()))


def end(db: Session, person_id: int, number: int) -> bool:
    """End one session of a person; False if they have no such session."""
    mine = delete(BrowserSession).where(BrowserSession.person_id == person_id, BrowserSession.id == number)
    return db.scalar(mine.returning(BrowserSession.id)) is not None


def end_all(db: Session, person_id: int, *, but: int | None = None) -> None:
    """Sign a person out everywhere, or everywhere else."""
    query = delete(BrowserSession).where(BrowserSession.person_id == person_id)
    db.execute(query if but is None else query.where(BrowserSession.id != but))


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
