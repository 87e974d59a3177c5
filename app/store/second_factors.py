"""The second factor: codes of an authenticator app (TOTP), passkeys, and recovery codes for whoever lost both.

The secret of an app is encrypted. A code of it is good once: the 30 seconds it belongs to are written down as it is
used. Recovery codes are random enough (80 bits) for a plain digest, which outlives a change of the secret key.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from base64 import b32encode
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pyotp
from sqlalchemy import ColumnElement, CursorResult, ForeignKey, String, Text, delete, exists, func, or_, select, update
from sqlalchemy import cast as as_type
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from app import vault
from app.secret_key import SecretKey
from app.store import passkeys
from app.store.base import Base, Id, Moment, now

ISSUER = "Desk46"
TO_CONFIRM = timedelta(hours=1)  # a secret that was shown and not confirmed is shown no longer
RECOVERY_CODES = 10
STEPS = (0, -1, 1)  # of 30 seconds: clocks of phones differ
TOTP = re.compile(r"[0-9]{6}")
NOT_IN_CODES = re.compile(r"[\s\-–]+")


class SecondFactor(Base):
    """The authenticator app of a person; in force once they confirmed it by a code."""

    __tablename__ = "second_factors"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    secret: Mapped[str] = mapped_column(Text, info=vault.LOCKED)
    began: Mapped[Moment]
    confirmed: Mapped[datetime | None]
    last_step: Mapped[int | None]  # the 30 seconds whose code was used last


class RecoveryCode(Base):
    """A code that takes the place of app or passkey once; only its digest is kept."""

    __tablename__ = "recovery_codes"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    used: Mapped[datetime | None]


class DemandedFactor(Base):
    """A role whose people have to have a second factor."""

    __tablename__ = "demanded_factors"

    role: Mapped[str] = mapped_column(String(16), primary_key=True)


def is_had_by(person_id: InstrumentedAttribute[int], host: str) -> ColumnElement[bool]:
    """Say in SQL whether a person has a second factor."""
    app = exists().where(SecondFactor.person_id == person_id, SecondFactor.confirmed.is_not(None))
    return or_(app, passkeys.is_had_by(person_id, host))


def is_demanded_of(
    role: InstrumentedAttribute[str], shop_roles: InstrumentedAttribute[dict[str, str]]
) -> ColumnElement[bool]:
    """Say in SQL whether a person of this role, and of these in single shops, has to have one."""
    in_some_shop = as_type(shop_roles, String).contains('"' + DemandedFactor.role + '"')
    return exists().where(or_(DemandedFactor.role == role, in_some_shop))


def demanded(db: Session) -> list[str]:
    return list(db.scalars(select(DemandedFactor.role).order_by(DemandedFactor.role)))


def demand(db: Session, roles: list[str]) -> None:
    """Let these roles need one, and no others."""
    db.execute(delete(DemandedFactor))
    db.add_all(DemandedFactor(role=role) for role in sorted(set(roles)))


def of_person(db: Session, person_id: int) -> SecondFactor | None:
    """Give the app that is in force."""
    factor = db.get(SecondFactor, person_id)
    return factor if factor and factor.confirmed else None


def has_one(db: Session, person_id: int, host: str) -> bool:
    """Whether a person has a second factor of any kind."""
    return of_person(db, person_id) is not None or bool(passkeys.of_person(db, person_id, host))


def has_any(db: Session, person_id: int) -> bool:
    """Whether anything of a second factor is kept of a person, be it a passkey that answers elsewhere."""
    return of_person(db, person_id) is not None or passkeys.number_of(db, person_id) > 0


def is_asked(db: Session, person_id: int, host: str) -> bool:
    """Whether a password alone signs nobody in: not even after the desk moved away from their passkeys."""
    return has_one(db, person_id, host) or recovery_codes_left(db, person_id) > 0


def with_one(db: Session, host: str) -> set[int]:
    """Name the people who have one."""
    apps = set(db.scalars(select(SecondFactor.person_id).where(SecondFactor.confirmed.is_not(None))))
    return apps | passkeys.with_one(db, host)


def begin(db: Session, person_id: int, key: SecretKey) -> bool:
    """Make a secret for an app, which is to be confirmed; False when an app is in force already."""
    if of_person(db, person_id):
        return False
    db.execute(delete(SecondFactor).where(SecondFactor.person_id == person_id))
    db.add(SecondFactor(person_id=person_id, secret=vault.lock(pyotp.random_base32(), key)))
    return True


def to_confirm(db: Session, person_id: int) -> SecondFactor | None:
    """Give the app that was begun of late and waits for its first code."""
    factor = db.get(SecondFactor, person_id)
    is_waiting = factor and not factor.confirmed and factor.began > now() - TO_CONFIRM
    return factor if is_waiting else None


def address_of(factor: SecondFactor, email: str, key: SecretKey) -> str:
    """Give the otpauth:// address that an app reads from a QR code."""
    return _totp(factor, key).provisioning_uri(name=email, issuer_name=ISSUER)


def secret_of(factor: SecondFactor, key: SecretKey) -> str:
    """Give the secret as one types it into an app."""
    return vault.unlock(factor.secret, key)


def confirm(db: Session, factor: SecondFactor, code: str, key: SecretKey) -> list[str] | None:
    """Put an app in force by its first code, and give the recovery codes; None for a wrong code.

    There are none to give when a passkey brought them already.
    """
    step = _step_of(factor, normalised(code), key)
    is_waiting = (SecondFactor.confirmed.is_(None), SecondFactor.secret == factor.secret)
    if step is None or not _change(db, factor.person_id, *is_waiting, confirmed=now(), last_step=step):
        return None
    return first_recovery_codes(db, factor.person_id)


def use(db: Session, person_id: int, code: str, key: SecretKey) -> bool:
    """Take a code of the app or a recovery code; either is good once, also for two who come at the same moment."""
    written = normalised(code)
    if not TOTP.fullmatch(written):
        return _use_recovery_code(db, person_id, written)
    factor = of_person(db, person_id)
    return factor is not None and _use_code_of_app(db, factor, written, key)


def _use_code_of_app(db: Session, factor: SecondFactor, written: str, key: SecretKey) -> bool:
    step = _step_of(factor, written, key)
    is_new = or_(SecondFactor.last_step.is_(None), SecondFactor.last_step < (step or 0))
    in_force = (SecondFactor.secret == factor.secret, SecondFactor.confirmed.is_not(None))
    return step is not None and _change(db, factor.person_id, is_new, *in_force, last_step=step)


def normalised(code: str) -> str:
    """Write a code as it is compared: people put spaces and dashes into it."""
    return NOT_IN_CODES.sub("", code).upper()


def end(db: Session, person_id: int) -> bool:
    """Take every factor and the recovery codes away; False when there was none."""
    had_app, had_passkeys = end_app(db, person_id), passkeys.end_all(db, person_id)
    end_recovery_codes(db, person_id)
    return had_app or had_passkeys


def end_app(db: Session, person_id: int) -> bool:
    """Take the app away; False when there was none."""
    was_there = of_person(db, person_id) is not None
    db.execute(delete(SecondFactor).where(SecondFactor.person_id == person_id))
    if not has_any(db, person_id):
        end_recovery_codes(db, person_id)
    return was_there


def end_passkey(db: Session, person_id: int, number: int) -> bool:
    """Take one passkey away, and with the last factor the recovery codes; False when it is not theirs."""
    if (passkey := passkeys.mine(db, person_id, number)) is None:
        return False
    db.delete(passkey)
    db.flush()
    if not has_any(db, person_id):
        end_recovery_codes(db, person_id)
    return True


def first_recovery_codes(db: Session, person_id: int) -> list[str]:
    """Make recovery codes for whoever has none yet."""
    is_there = db.scalar(select(RecoveryCode.id).where(RecoveryCode.person_id == person_id).limit(1))
    return [] if is_there else new_recovery_codes(db, person_id)


def new_recovery_codes(db: Session, person_id: int) -> list[str]:
    """Make recovery codes; those of before are worth nothing any more."""
    end_recovery_codes(db, person_id)
    codes = [b32encode(secrets.token_bytes(10)).decode() for _number in range(RECOVERY_CODES)]
    db.add_all(RecoveryCode(person_id=person_id, digest=_digest(person_id, code)) for code in codes)
    return ["-".join(re.findall("....", code)) for code in codes]


def end_recovery_codes(db: Session, person_id: int) -> None:
    db.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person_id))


def recovery_codes_left(db: Session, person_id: int) -> int:
    unused = (RecoveryCode.person_id == person_id, RecoveryCode.used.is_(None))
    return db.scalar(select(func.count()).select_from(RecoveryCode).where(*unused)) or 0


def _use_recovery_code(db: Session, person_id: int, code: str) -> bool:
    which = (RecoveryCode.person_id == person_id, RecoveryCode.digest == _digest(person_id, code))
    used: Any = db.execute(update(RecoveryCode).where(*which, RecoveryCode.used.is_(None)).values(used=now()))
    return cast("CursorResult[Any]", used).rowcount == 1


def _digest(person_id: int, code: str) -> str:
    return hashlib.sha256(f"{person_id} {code}".encode(errors="replace")).hexdigest()


def _step_of(factor: SecondFactor, code: str, key: SecretKey) -> int | None:
    """Find the 30 seconds that a code belongs to; every one is compared, in the same time."""
    totp, moment = _totp(factor, key), now().replace(tzinfo=UTC)
    here = totp.timecode(moment)
    fitting = [here + step for step in STEPS if pyotp.utils.strings_equal(totp.generate_otp(here + step), code)]
    return max(fitting, default=None)


def _totp(factor: SecondFactor, key: SecretKey) -> pyotp.TOTP:
    return pyotp.TOTP(secret_of(factor, key))


def _change(db: Session, person_id: int, *which: ColumnElement[bool], **values: Any) -> bool:
    """Change an app where it is as it was read, so that of two who try it one does."""
    changed: Any = db.execute(update(SecondFactor).where(SecondFactor.person_id == person_id, *which).values(**values))
    return cast("CursorResult[Any]", changed).rowcount == 1
