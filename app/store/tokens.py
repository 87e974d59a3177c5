"""Random tokens that stand for a person for a short while and are good once; the database has only their digest.

`sign_in`: the password was right, and the second factor is still to come. `invitation`, `reset`: a link to choose a
password by. `passkey_…`: what a passkey has to sign (a challenge).
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, ForeignKey, String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, Moment, now
from app.store.sweeping import delete_some

Purpose = Literal["sign_in", "invitation", "reset", "passkey_new", "passkey_sign_in", "passkey_proof"]
LASTS: dict[Purpose, timedelta] = {
    "sign_in": timedelta(minutes=10),
    "invitation": timedelta(days=3),
    "reset": timedelta(hours=24),
    "passkey_new": timedelta(minutes=10),
    "passkey_sign_in": timedelta(minutes=10),
    "passkey_proof": timedelta(minutes=10),
}


class PersonToken(Base):
    """A token that was given out. It is used up by being deleted."""

    __tablename__ = "person_tokens"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made: Mapped[Moment]
    expires: Mapped[datetime] = mapped_column(index=True)


def give(db: Session, person_id: int, purpose: Purpose) -> str:
    """Make a token."""
    token = secrets.token_urlsafe(32)
    db.add(PersonToken(person_id=person_id, purpose=purpose, digest=_digest(token), expires=now() + LASTS[purpose]))
    return token


def person_of(db: Session, token: str, *purposes: Purpose) -> int | None:
    """Say for whom a token is, if it is still good."""
    return db.scalar(select(PersonToken.person_id).where(*_is_good(token, *purposes)))


def take(db: Session, token: str, *purposes: Purpose) -> int | None:
    """Use a token up; of two who try it at the same moment one is told for whom it was."""
    return db.scalar(delete(PersonToken).where(*_is_good(token, *purposes)).returning(PersonToken.person_id))


def waiting(db: Session, purpose: Purpose) -> set[int]:
    """Say for whom there is a token of this kind that is still good."""
    query = select(PersonToken.person_id).where(PersonToken.purpose == purpose, PersonToken.expires > now())
    return set(db.scalars(query))


def end_all(db: Session, person_id: int) -> None:
    """Let all tokens of a person be worth nothing."""
    db.execute(delete(PersonToken).where(PersonToken.person_id == person_id))


def forget_old(db: Session) -> bool:
    """Let go of some that are over; True when there may be more."""
    return delete_some(db, PersonToken, PersonToken.expires <= now())


def _is_good(token: str, *purposes: Purpose) -> tuple[ColumnElement[bool], ...]:
    return (
        PersonToken.digest == _digest(token),
        PersonToken.purpose.in_(purposes),
        PersonToken.expires > now(),
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
