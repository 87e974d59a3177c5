"""Checking the seals of the trail: what was changed, taken out, put in or cut off since it was sealed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal

from sqlalchemy import exists, func, select
from structlog import get_logger

from app.store import seal_keys, seals
from app.store.acts import TO_SEAL, Act
from app.store.base import now
from app.store.paging import in_chunks
from app.store.seal_keys import Signer
from app.store.seals import BEGUN, Anchor, Entry, Seal

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy.orm import Session

    from app.secret_key import SecretKey

HEAD = "trail-head"  # a file outside of the database: the newest seal
CHUNK = 500
LATE = timedelta(minutes=1)  # an act gets its time as it is written down, and is committed soon after
MOST_TOLD = 50
QUICK = 30  # seals
UNSEALED = timedelta(minutes=15)  # a worker seals each minute
MOST_ON_A_PAGE = 20_000  # acts
OfActs = Literal["changed", "missing", "unsealed", "late"]
OfSeals = Literal["broken_seal", "missing_seal", "cut_off", "no_head", "broken_anchor", "unknown_key"]


@dataclass(frozen=True)
class Trouble:
    """Something that is not as it was sealed: an act or a seal by its number, and fields where they are known."""

    what: OfActs | OfSeals
    number: int = 0
    fields: tuple[str, ...] = ()


@dataclass
class Report:
    """What was looked at, and what was found."""

    acts: int = 0
    seals: int = 0
    let_go: int = 0  # acts before the anchor
    newest: datetime | None = None
    troubles: list[Trouble] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.troubles


def is_long(db: Session) -> bool:
    """Whether checking takes longer than somebody waits for a page."""
    return (db.scalar(select(func.max(Act.id))) or 0) - (db.scalar(select(func.min(Act.id))) or 0) > MOST_ON_A_PAGE


def check(db: Session, key: SecretKey, var: Path) -> Report:
    """Check the whole trail."""
    report, signers = Report(), seal_keys.every(db, key)
    report.troubles += _seals(db, signers, report)
    report.troubles += _acts(db, signers, report)
    report.troubles += _gone(db)
    report.troubles += head_troubles(db, key, var)
    return report


def _seals(db: Session, signers: dict[str, Signer], report: Report) -> Iterator[Trouble]:
    """Follow the chain from the anchor to the newest seal."""
    anchor, number, mac = seals.last_anchor(db), 0, ""
    if anchor:
        report.let_go = anchor.acts
        signer = signers.get(anchor.key_id)
        if signer is None or seals.mac_of_anchor(signer, anchor) != anchor.mac:
            yield Trouble("broken_anchor" if signer else "unknown_key", anchor.seal_id)
        number, mac = anchor.seal_id, anchor.seal_mac
    for seal in in_chunks(db, select(Seal), Seal.id, CHUNK):
        report.seals, report.newest = report.seals + 1, seal.at
        if seal.id != number + 1:
            yield Trouble("missing_seal", number + 1)
        entries = db.scalars(select(Entry).where(Entry.seal_id == seal.id).order_by(Entry.id))
        signer = signers.get(seal.key_id)
        if signer is None:
            yield Trouble("unknown_key", seal.id)
        elif seals.mac_of_seal(signer, seal, mac, entries) != seal.mac:
            yield Trouble("broken_seal", seal.id)
        number, mac = seal.id, seal.mac


def newest_troubles(db: Session, key: SecretKey, var: Path) -> list[Trouble]:
    """Check the newest seals and what says which one is the newest: quick, however long the trail is."""
    signers, number, mac = seal_keys.every(db, key), 0, None
    some = db.scalars(select(Seal).order_by(Seal.id.desc()).limit(QUICK)).all()
    found = []
    for seal in reversed(some):
        entries = db.scalars(select(Entry).where(Entry.seal_id == seal.id).order_by(Entry.id))
        signer = signers.get(seal.key_id)
        if mac is not None and (signer is None or seals.mac_of_seal(signer, seal, mac, entries) != seal.mac):
            found.append(Trouble("broken_seal" if signer else "unknown_key", seal.id))
        if number and seal.id != number + 1:
            found.append(Trouble("missing_seal", number + 1))
        number, mac = seal.id, seal.mac
    return [*found, *head_troubles(db, key, var)]


def waiting_since(db: Session) -> datetime | None:
    """Say since when an act waits that should have been sealed; None before the first seal, and if all is well."""
    if seals.end_of(db)[2] is None:
        return None
    oldest = select(Act.at).where(TO_SEAL, Act.sealed < BEGUN, Act.at < now() - UNSEALED)
    return db.scalar(oldest.order_by(Act.id).limit(1))


def _acts(db: Session, signers: dict[str, Signer], report: Report) -> Iterator[Trouble]:
    """Hold every act against its newest entry."""
    until = dict(_moments(db))
    last_until = seals.end_of(db)[2]
    after = -1
    while acts := list(db.scalars(select(Act).where(Act.id > after).order_by(Act.id).limit(CHUNK))):
        after = acts[-1].id
        ids = [act.id for act in acts]
        entries: dict[int, list[Entry]] = {}
        for entry in db.scalars(select(Entry).where(Entry.act_id.in_(ids)).order_by(Entry.id)):
            entries.setdefault(entry.act_id, []).append(entry)
        for act in acts:
            report.acts += 1
            yield from _act(act, entries.get(act.id, []), signers, until, last_until)
        db.expunge_all()


def _moments(db: Session) -> Iterator[tuple[int, datetime | None]]:
    """Give with each seal until when everything had been sealed before it."""
    anchor = seals.last_anchor(db)
    before = anchor.until if anchor else None
    for number, until in db.execute(select(Seal.id, Seal.until).order_by(Seal.id)):
        yield number, before
        before = until


def _act(
    act: Act,
    entries: list[Entry],
    signers: dict[str, Signer],
    until: dict[int, datetime | None],
    last_until: datetime | None,
) -> Iterator[Trouble]:
    if not entries:
        if act.sealed or (last_until and act.at < last_until - LATE):
            yield Trouble("unsealed", act.id)
        return
    first, newest = entries[0], entries[-1]
    before, was_kept = until.get(first.seal_id or 0), any(entry.why == "kept" for entry in entries)
    if before and act.at < before - LATE and not was_kept:
        yield Trouble("late", act.id)
    signer = signers.get(newest.key_id)
    if signer is None:
        yield Trouble("unknown_key", newest.seal_id or 0)
        return
    fields = _changed(act, newest, signer)
    if fields:
        yield Trouble("changed", act.id, fields)


def _changed(act: Act, entry: Entry, signer: Signer) -> tuple[str, ...]:
    """Name what is not as the entry says; "facts" are those that name nobody."""
    now_is = seals.commitments_of(act, signer, entry.stage)
    fields = [name for name, mac in now_is.items() if entry.commitments.get(name) != mac]
    if seals.digest_of(act, signer, entry.stage) != entry.digest:
        fields.append("facts")
    if act.sealed != entry.stage or seals.stage_of(act) < entry.stage:
        fields.append("stage")
    return tuple(fields)


def _gone(db: Session) -> Iterator[Trouble]:
    """Acts that were sealed and are not there."""
    there = exists().where(Act.id == Entry.act_id)
    for number in db.scalars(select(Entry.act_id).where(~there).distinct().order_by(Entry.act_id)):
        yield Trouble("missing", number)


def head_troubles(db: Session, key: SecretKey, var: Path) -> Iterator[Trouble]:
    """Hold the newest seal against the file that says which one there was."""
    number, _mac, _until = seals.end_of(db)
    try:
        said = json.loads((var / HEAD).read_text())
        kept, mac, key_id, proof = int(said["number"]), str(said["mac"]), str(said["key"]), str(said["proof"])
    except (OSError, ValueError, KeyError, TypeError):
        if number:
            yield Trouble("no_head")
        return
    signer = seal_keys.present(key).get(key_id)  # one that was replaced may be known to whoever it was replaced for
    if signer is None or signer.sign("head", kept, mac) != proof:
        yield Trouble("no_head")
    elif kept > number:
        yield Trouble("cut_off", kept)
    elif _mac_of(db, kept) not in {mac, None}:
        yield Trouble("broken_seal", kept)


def _mac_of(db: Session, number: int) -> str | None:
    """Give the mac of a seal; None of one that was let go of since."""
    return db.scalar(select(Seal.mac).where(Seal.id == number)) or db.scalar(
        select(Anchor.seal_mac).where(Anchor.seal_id == number)
    )


def write_head(db: Session, key: SecretKey, var: Path) -> None:
    """Keep beside the database which seal is the newest, and tell the log, which may be kept elsewhere."""
    number, mac, _until = seals.end_of(db)
    if not number:
        (var / HEAD).unlink(missing_ok=True)
        return
    signer = Signer.of(key.newest)
    head = {"number": number, "mac": mac, "key": signer.id, "proof": signer.sign("head", number, mac)}
    path = var / f"{HEAD}.{os.getpid()}"
    path.write_text(json.dumps(head))
    path.chmod(0o600)
    path.replace(var / HEAD)
    get_logger("app.trail").info("trail sealed", number=number, mac=mac)
