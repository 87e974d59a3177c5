"""Seals over the trail: each minute a worker seals what was written and what ended since, chained seal to seal.

An entry holds a keyed digest of an act's facts and, apart from it, a keyed commitment to each field that may name
somebody: erasing a person replaces those fields by an entry of its own and breaks no seal. A seal is keyed, too, and
holds the one before it. The key is not in the database; which seal is the newest is kept beside it in a file, so that
cutting off the newest is found. How it is checked: trail_check.py. What it cannot find: decisions.md#trail-seals.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import ForeignKey, Index, String, and_, delete, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.store.acts import NOTHING_HAPPENED, TO_SEAL, Act
from app.store.base import Base, Id, Json, Moment, now
from app.store.seal_keys import Signer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from app.secret_key import SecretKey

AT_ONCE = 300  # acts of one seal
SETTLING = timedelta(seconds=5)  # what was written a moment ago may not be committed everywhere
FINAL = (*sorted(NOTHING_HAPPENED), "done", "unknown", "settled")
BEGUN, ENDED, SETTLED = 1, 2, 3
FACTS = ("id", "at", "person_id", "shop_id", "what", "customer_id", "settles", "parent_id", "request_id")
PERSONAL = ("person", "asked", "reason", "before", "ip")
FACTS_OF_END = ("written", "ended")
PERSONAL_OF_END = ("message", "after")
FACTS_OF_WORD = ("verdict",)
PERSONAL_OF_WORD = ("settled",)
Why = Literal["act", "erased", "kept"]


class Seal(Base):
    """A seal over some entries; `until` is the moment up to which everything that was written is sealed."""

    __tablename__ = "trail_seals"

    id: Mapped[Id]  # its number: one more than that of the seal before
    at: Mapped[Moment]
    until: Mapped[datetime]
    key_id: Mapped[str] = mapped_column(String(16))
    mac: Mapped[str] = mapped_column(String(64))


class Entry(Base):
    """What an act was at some stage of its life; its newest counts. Without a seal yet, it is for the next one."""

    __tablename__ = "trail_entries"
    __table_args__ = (Index("ix_trail_entries_act", "act_id", "id"), Index("ix_trail_entries_seal", "seal_id", "id"))

    id: Mapped[Id]
    seal_id: Mapped[int | None] = mapped_column(ForeignKey("trail_seals.id"))
    act_id: Mapped[int]
    stage: Mapped[int]
    why: Mapped[str] = mapped_column(String(8))  # act, erased, kept (when older ones were let go of)
    key_id: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64))
    commitments: Mapped[dict[str, str]] = mapped_column(Json)


class Anchor(Base):
    """Where the trail begins since older acts were let go of: signed, so that nobody else can move it."""

    __tablename__ = "trail_anchors"

    id: Mapped[Id]
    at: Mapped[Moment]
    seal_id: Mapped[int]  # the last one that is gone
    seal_mac: Mapped[str] = mapped_column(String(64))
    until: Mapped[datetime]
    acts: Mapped[int]  # that were let go of
    key_id: Mapped[str] = mapped_column(String(16))
    mac: Mapped[str] = mapped_column(String(64))


def seal_some(db: Session, key: SecretKey) -> Seal | None:
    """Seal what waits, at most so much at once; None when there is nothing. One worker does it at a time."""
    moment = now()
    acts = list(
        db.scalars(select(Act).where(TO_SEAL, _has_something_new()).order_by(Act.id).limit(AT_ONCE).with_for_update())
    )
    signer = Signer.of(key.newest)
    db.add_all(entry_of(act, signer) for act in acts)
    for act in acts:
        act.sealed = stage_of(act)
    db.flush()
    entries = list(db.scalars(select(Entry).where(Entry.seal_id.is_(None)).order_by(Entry.id)))
    if not entries:
        return None
    number, mac, _until = end_of(db)
    until = moment - SETTLING if len(acts) < AT_ONCE else max(act.at for act in acts)
    seal = Seal(id=number + 1, at=moment, until=until, key_id=signer.id)
    seal.mac = mac_of_seal(signer, seal, mac, entries)
    db.add(seal)
    db.flush()
    db.execute(update(Entry).where(Entry.id.in_([entry.id for entry in entries])).values(seal_id=seal.id))
    return seal


def _has_something_new() -> Any:
    """Acts that were never sealed, that ended since, or that a person settled since."""
    return or_(
        and_(Act.sealed < BEGUN, Act.at < now() - SETTLING),
        and_(Act.sealed == BEGUN, Act.written.in_(FINAL)),
        and_(Act.sealed == ENDED, Act.written == "settled"),
    )


def stage_of(act: Act) -> int:
    if act.written == "settled":
        return SETTLED
    return ENDED if act.written in FINAL else BEGUN


def entry_of(act: Act, signer: Signer, why: Why = "act") -> Entry:
    """Describe an act as it is now: up to the stage of its life that it was sealed at, or that it reached since."""
    stage = stage_of(act) if why == "act" else min(act.sealed, stage_of(act))
    return Entry(
        act_id=act.id,
        stage=stage,
        why=why,
        key_id=signer.id,
        digest=digest_of(act, signer, stage),
        commitments=commitments_of(act, signer, stage),
    )


def digest_of(act: Act, signer: Signer, stage: int) -> str:
    names = (*FACTS, *(FACTS_OF_END if stage >= ENDED else ()), *(FACTS_OF_WORD if stage >= SETTLED else ()))
    return signer.sign("facts", stage, [(name, getattr(act, name)) for name in names])


def commitments_of(act: Act, signer: Signer, stage: int) -> dict[str, str]:
    names = (*PERSONAL, *(PERSONAL_OF_END if stage >= ENDED else ()), *(PERSONAL_OF_WORD if stage >= SETTLED else ()))
    return {name: signer.sign("field", act.id, name, getattr(act, name)) for name in names}


def mac_of_seal(signer: Signer, seal: Seal, before: str, entries: Iterable[Entry]) -> str:
    rows = [(entry.id, entry.act_id, entry.stage, entry.why, entry.digest, entry.commitments) for entry in entries]
    return signer.sign("seal", seal.id, seal.at, seal.until, before, rows)


def end_of(db: Session) -> tuple[int, str, datetime | None]:
    """Give number and mac of the newest seal and until when it seals; of the anchor, where there is none."""
    newest = db.scalar(select(Seal).order_by(Seal.id.desc()).limit(1))
    if newest:
        return newest.id, newest.mac, newest.until
    anchor = last_anchor(db)
    return (anchor.seal_id, anchor.seal_mac, anchor.until) if anchor else (0, "", None)


def last_anchor(db: Session) -> Anchor | None:
    return db.scalar(select(Anchor).order_by(Anchor.id.desc()).limit(1))


def note_erased(db: Session, acts: Sequence[Act], key: SecretKey) -> None:
    """Say of acts whose personal fields were just replaced, and that were sealed, what they are now."""
    db.flush()
    db.add_all(entry_of(act, Signer.of(key.newest), "erased") for act in acts if act.sealed)


def forget_old(db: Session, before: datetime, key: SecretKey) -> bool:
    """Let go of the oldest seal with its acts, and leave a signed anchor; True when there may be more.

    An act that a ledger still points at stays, sealed anew; so does one that something happened to since.
    """
    seal = db.scalar(select(Seal).order_by(Seal.id).limit(1))
    if seal is None or seal.at >= before:
        return False
    signer = Signer.of(key.newest)
    ids = set(db.scalars(select(Entry.act_id).where(Entry.seal_id == seal.id)))
    newer = Entry.act_id.in_(ids), or_(Entry.seal_id != seal.id, Entry.seal_id.is_(None))
    over = ids - set(db.scalars(select(Entry.act_id).where(*newer)))
    over -= _pointed_at(db, over)
    staying = select(Act).where(Act.id.in_(ids - over))
    db.add_all(entry_of(act, signer, "kept") for act in db.scalars(staying))
    db.execute(delete(Entry).where(Entry.seal_id == seal.id))
    db.execute(delete(Act).where(Act.id.in_(over)))
    last = last_anchor(db)
    anchor = Anchor(seal_id=seal.id, seal_mac=seal.mac, until=seal.until, at=now(), key_id=signer.id)
    anchor.acts = (last.acts if last else 0) + len(over)
    anchor.mac = mac_of_anchor(signer, anchor)
    db.add(anchor)
    db.delete(seal)
    return True


def mac_of_anchor(signer: Signer, anchor: Anchor) -> str:
    return signer.sign("anchor", anchor.seal_id, anchor.seal_mac, anchor.until, anchor.acts, anchor.at)


def _pointed_at(db: Session, ids: Collection[int]) -> set[int]:
    """Which of some acts a ledger points at."""
    found: set[int] = set()
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table.name == Act.__tablename__ for key in column.foreign_keys):
                found |= set(db.scalars(select(column).where(column.in_(ids))))
    parts = set(db.scalars(select(Act.parent_id).where(Act.parent_id.in_(ids), ~Act.id.in_(ids))))
    return found | {number for number in parts if number}
