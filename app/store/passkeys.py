"""Passkeys (WebAuthn): keys on a phone, in a computer, or on a stick, which answer in place of a code.

Only public keys are kept, so nothing here is a secret. A passkey belongs to the host name it was made for: under
another public address its browser does not offer it, so there it is no factor.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CursorResult,
    ForeignKey,
    String,
    Text,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from app.store.base import Base, Id, Json, Moment, now

MOST = 20  # of a person
NAME = 60  # characters
LONGEST_ID = 1364  # characters of an id: 1,023 bytes in base64url, the most that WebAuthn allows
USER_HANDLE = 32  # random bytes, by which authenticators know an account


class Passkey(Base):
    """A passkey of a person."""

    __tablename__ = "passkeys"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[str] = mapped_column(String(LONGEST_ID), unique=True)  # base64url, as browsers write it
    public_key: Mapped[str] = mapped_column(Text)  # COSE, in base64url
    host: Mapped[str] = mapped_column(String(255))  # the relying party's id
    sign_count: Mapped[int] = mapped_column(BigInteger)  # how often it signed, by its own count; 0: it does not count
    transports: Mapped[list[str]] = mapped_column(Json)  # how browsers reach it: usb, internal, hybrid, …
    name: Mapped[str] = mapped_column(String(NAME))
    created: Mapped[Moment]
    last_used: Mapped[datetime | None]


class PasskeyUser(Base):
    """The random handle by which authenticators know a person; it says nothing about them."""

    __tablename__ = "passkey_users"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    handle: Mapped[str] = mapped_column(String(64), unique=True)


def is_had_by(person_id: InstrumentedAttribute[int], host: str) -> ColumnElement[bool]:
    """Say in SQL whether a person has a passkey that answers at a host name."""
    return exists().where(Passkey.person_id == person_id, Passkey.host == host)


def with_one(db: Session, host: str) -> set[int]:
    """Name the people who have a passkey that answers at a host name."""
    return set(db.scalars(select(Passkey.person_id).where(Passkey.host == host).distinct()))


def of_person(db: Session, person_id: int, host: str | None = None) -> list[Passkey]:
    """List the passkeys of a person, the oldest first; with `host` only those that answer there."""
    query = select(Passkey).where(Passkey.person_id == person_id).order_by(Passkey.id)
    return list(db.scalars(query if host is None else query.where(Passkey.host == host)))


def mine(db: Session, person_id: int, number: int) -> Passkey | None:
    """Give one passkey, if it is this person's."""
    return db.scalar(select(Passkey).where(Passkey.person_id == person_id, Passkey.id == number))


def number_of(db: Session, person_id: int) -> int:
    return db.scalar(select(func.count()).where(Passkey.person_id == person_id)) or 0


def by_credential(db: Session, credential_id: str) -> Passkey | None:
    return db.scalar(select(Passkey).where(Passkey.credential_id == credential_id))


def handle_of(db: Session, person_id: int) -> str:
    """Give the random handle of a person; the first time it is made."""
    handle = db.scalar(select(PasskeyUser.handle).where(PasskeyUser.person_id == person_id))
    if handle is None:
        handle = secrets.token_urlsafe(USER_HANDLE)
        db.add(PasskeyUser(person_id=person_id, handle=handle))
    return handle


def used(db: Session, passkey: Passkey, sign_count: int) -> bool:
    """Note that a passkey answered; False when it was removed, or answered with a later count, meanwhile."""
    is_later = or_(Passkey.sign_count < sign_count, (Passkey.sign_count == 0) & (sign_count == 0))
    change = update(Passkey).where(Passkey.id == passkey.id, is_later)
    done: Any = db.execute(change.values(sign_count=sign_count, last_used=now()))
    return cast("CursorResult[Any]", done).rowcount == 1


def end_all(db: Session, person_id: int) -> bool:
    """Take all passkeys of a person away; False when there were none."""
    ended: Any = db.execute(delete(Passkey).where(Passkey.person_id == person_id))
    return cast("CursorResult[Any]", ended).rowcount > 0
