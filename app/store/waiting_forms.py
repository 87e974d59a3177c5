"""What somebody had typed, kept while they are at the provider of single sign-on, where no form goes along.

Whoever is not signed in yet can make such rows, so they are few, short and soon gone. They are encrypted, and open only
to the browser they came from: its cookie holds a random token, of which the database has the digest.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import String, Text, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.base import Base, Id, now
from app.store.sweeping import delete_some
from app.vault import LOCKED

LONGEST = 100_000  # characters of a form
MOST = 500  # of all browsers, the newest: strangers who bring many push out others' and fill no disk
LASTS = timedelta(hours=1)


class WaitingForm(Base):
    """One form that waits for its sender."""

    __tablename__ = "waiting_forms"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: secrets.token_hex(12))
    browser: Mapped[str] = mapped_column(String(64))  # the digest of its token
    expires: Mapped[datetime] = mapped_column(index=True, default=lambda: now() + LASTS)
    locked: Mapped[str] = mapped_column(Text, info=LOCKED)


def keep(db: Session, browser: str, locked: str) -> str:
    """Keep a form, and give its key."""
    newest = select(WaitingForm.id).order_by(WaitingForm.id.desc()).limit(MOST - 1)
    db.execute(delete(WaitingForm).where(WaitingForm.id.not_in(newest)))
    form = WaitingForm(browser=_digest(browser), locked=locked)
    db.add(form)
    db.flush()
    return form.key


def of_browser(db: Session, browser: str, key: str) -> WaitingForm | None:
    """Find a form of this browser that still waits."""
    which = WaitingForm.key == key, WaitingForm.browser == _digest(browser), WaitingForm.expires > now()
    return db.scalar(select(WaitingForm).where(*which)) if "\0" not in key else None


def forget(db: Session, key: str) -> None:
    db.execute(delete(WaitingForm).where(WaitingForm.key == key))


def forget_old(db: Session) -> bool:
    """Let go of some that are over; True when there may be more."""
    return delete_some(db, WaitingForm, WaitingForm.expires <= now())


def _digest(browser: str) -> str:
    return hashlib.sha256(browser.encode(errors="replace")).hexdigest()
