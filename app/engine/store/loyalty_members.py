"""Members of the loyalty programme, their codes for others, and the codes by which they prove who they are."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, String, UniqueConstraint, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.engine.store.base import Base, OfShop
from app.engine.store.contacts import digits
from app.engine.store.db import Db

IDENTIFIER = 255  # characters of a phone number, or of whatever was taken for one
LASTS = timedelta(minutes=10)  # a one-time code
QR = "qr"  # the event of the pin in a QR code


class LoyaltyMember(OfShop, Base):
    """Somebody who is or was in the programme, by phone number. Without a level they are on the base level."""

    __tablename__ = "loyalty_members"
    __table_args__ = (UniqueConstraint("shop_id", "identifier"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    identifier: Mapped[str] = mapped_column(String(IDENTIFIER))
    is_member: Mapped[bool]
    level_name: Mapped[str | None] = mapped_column(String(255))
    level_code: Mapped[str | None] = mapped_column(String(255))
    level_until: Mapped[date | None]
    joined: Mapped[datetime]


class ReferralProgram(OfShop, Base):
    """A programme in which members bring others along, by its number in the API."""

    __tablename__ = "referral_programs"
    __table_args__ = (UniqueConstraint("shop_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    description: Mapped[str | None] = mapped_column(String(255))
    reward_percent: Mapped[float] = mapped_column(default=0.0)  # of what an order pays, to whoever brought the buyer


class ReferralCode(OfShop, Base):
    """A member's code in a programme of referrals."""

    __tablename__ = "referral_codes"
    __table_args__ = (UniqueConstraint("shop_id", "program", "identifier"), UniqueConstraint("shop_id", "code"))

    id: Mapped[int] = mapped_column(primary_key=True)
    program: Mapped[int]  # number of the programme
    identifier: Mapped[str] = mapped_column(String(IDENTIFIER))
    code: Mapped[str] = mapped_column(String(255))


class OneTimeCode(OfShop, Base):
    """A code that was sent to a number, or stands in its QR code; only its digest is kept."""

    __tablename__ = "one_time_codes"
    __table_args__ = (UniqueConstraint("shop_id", "identifier", "event"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    identifier: Mapped[str] = mapped_column(String(IDENTIFIER))
    event: Mapped[str] = mapped_column(String(64))
    digest: Mapped[str] = mapped_column(String(64))
    until: Mapped[datetime]


def number_of(db: Db, said: str) -> str:
    """Bring a member's number into its normal form: digits with the country code."""
    return digits(said, db.at.settings.phone_region)


def member_of(db: Db, said: str) -> LoyaltyMember | None:
    """Find somebody who is a member now."""
    known = row_of(db, said)
    return known if known and known.is_member else None


def row_of(db: Db, said: str) -> LoyaltyMember | None:
    """Find somebody who is or was a member."""
    same = LoyaltyMember.shop_id == db.shop.id, LoyaltyMember.identifier == number_of(db, said)
    return db.scalar(select(LoyaltyMember).where(*same))


def join(db: Db, said: str) -> LoyaltyMember:
    """Make somebody a member, on the base level if they were not."""
    known = row_of(db, said)
    if known is None:
        known = LoyaltyMember(shop_id=db.shop.id, identifier=number_of(db, said), is_member=True, joined=db.now)
        db.add(known)
    elif not known.is_member:
        known.is_member, known.joined = True, db.now
    db.flush()
    return known


def leave(member: LoyaltyMember) -> None:
    """Take somebody out; the level is lost."""
    member.is_member = False
    member.level_name = member.level_code = member.level_until = None


def codes_of(db: Db, identifier: str) -> Sequence[tuple[ReferralCode, str | None]]:
    """List a member's codes for others, with what each programme says of itself."""
    same = ReferralProgram.shop_id == db.shop.id, ReferralProgram.number == ReferralCode.program
    mine = ReferralCode.shop_id == db.shop.id, ReferralCode.identifier == identifier
    rows = db.execute(
        select(ReferralCode, ReferralProgram.description)
        .join(ReferralProgram, same[0] & same[1])
        .where(*mine)
        .order_by(ReferralCode.program)
    )
    return [(code, description) for code, description in rows]


def program_exists(db: Db, number: int) -> bool:
    """Tell whether there is a programme of referrals."""
    same = ReferralProgram.shop_id == db.shop.id, ReferralProgram.number == number
    return db.scalar(select(ReferralProgram.id).where(*same)) is not None


def refer(db: Db, identifier: str, program: int) -> str:
    """Give a member's code in a programme of referrals, a new one if they have none."""
    mine = ReferralCode.shop_id == db.shop.id, ReferralCode.program == program, ReferralCode.identifier == identifier
    if code := db.scalar(select(ReferralCode.code).where(*mine)):
        return code
    code = f"R{program}-{secrets.token_hex(4).upper()}"
    db.add(ReferralCode(shop_id=db.shop.id, program=program, identifier=identifier, code=code))
    return code


def referral_of(db: Db, code: str) -> tuple[ReferralCode, float] | None:
    """Find a code for others by what it says, with what share of an order goes to its owner."""
    same = ReferralProgram.shop_id == db.shop.id, ReferralProgram.number == ReferralCode.program
    found = select(ReferralCode, ReferralProgram.reward_percent).join(ReferralProgram, same[0] & same[1])
    row = db.execute(found.where(ReferralCode.shop_id == db.shop.id, ReferralCode.code == code)).first()
    return (row[0], row[1]) if row else None


def new_code(db: Db, identifier: str, event: str, digits_of_it: int = 4) -> str:
    """Make a code that is right once and for ten minutes; the one before is worth nothing then."""
    code = "".join(secrets.choice("0123456789") for _ in range(digits_of_it))
    db.execute(delete(OneTimeCode).where(*_same(db, identifier, event)))
    about = {"shop_id": db.shop.id, "identifier": identifier, "event": event, "until": db.now + LASTS}
    db.add(OneTimeCode(**about, digest=_digest(db, identifier, code)))
    return code


def use_code(db: Db, identifier: str, event: str, code: str, *, once: bool = True) -> bool:
    """Tell whether a code is right; used once it is right no more."""
    known = db.scalar(select(OneTimeCode).where(*_same(db, identifier, event), OneTimeCode.until > db.now))
    if known is None or not secrets.compare_digest(known.digest, _digest(db, identifier, code)):
        return False
    if once:
        db.delete(known)
    return True


def _same(db: Db, identifier: str, event: str) -> tuple[ColumnElement[bool], ...]:
    return (OneTimeCode.shop_id == db.shop.id, OneTimeCode.identifier == identifier, OneTimeCode.event == event)


def _digest(db: Db, identifier: str, code: str) -> str:
    return hashlib.sha256(f"{db.shop.id} {identifier} {code}".encode()).hexdigest()
