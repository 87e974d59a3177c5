"""Imports of the catalogue: the file that was brought, what was found in it, and what REES46 was sent of it.

A file is read in blocks; of each a part is kept: the elements that are fit, written as they will be sent, in an
encrypted file of their own, and what is wrong with the others. A part is one call. It points at the act that sends it
before it is sent, so that after a crash it is known which one may have arrived.
"""

from __future__ import annotations

import secrets
import zlib
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import ForeignKey, Index, LargeBinary, Select, String, Text, UniqueConstraint, delete, func, select
from sqlalchemy.orm import Mapped, mapped_column

from app import vault
from app.store import brought_files
from app.store.acts import Act
from app.store.base import Base, Id, Json, Moment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sqlalchemy.orm import Session

    from app.secret_key import SecretKey

AT_WORK = ("checking", "running")
SWEPT_AT_ONCE = 5  # imports, each with all its parts
PAIRS = msgspec.json.Decoder(list[tuple[int, str]])


class CatalogueImport(Base):
    """A file and what is to become of it.

    kind: categories, locations, products, stock (which are in stock, all others are not), removal.
    state: draft (columns to be chosen), checking, checked, running, sent (REES46 has accepted each part), stopped.
    """

    __tablename__ = "catalogue_imports"
    __table_args__ = (
        Index("ix_catalogue_imports_shop", "shop_id", "id"),
        Index("ix_catalogue_imports_kind", "shop_id", "kind", "id"),
        Index("ix_catalogue_imports_forgotten", "forgotten", "at"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(8))
    shop_id: Mapped[int]
    at: Mapped[Moment]
    person: Mapped[str] = mapped_column(String(120), default="")
    kind: Mapped[str] = mapped_column(String(12))
    format: Mapped[str] = mapped_column(String(8))  # table, xlsx, json, yml
    source: Mapped[str] = mapped_column(String(200))  # the file's name
    size: Mapped[int] = mapped_column(default=0)  # bytes
    file_id: Mapped[int | None]  # of brought_files, while it is there
    state: Mapped[str] = mapped_column(String(10), default="draft")
    reading: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # how it is read, its columns, some rows
    columns: Mapped[dict[str, str]] = mapped_column(Json, default=dict)  # name of the column -> what it is
    read_rows: Mapped[int] = mapped_column(default=0)  # rows that are behind us
    parts: Mapped[int] = mapped_column(default=0)
    counts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    known: Mapped[bytes | None] = mapped_column(LargeBinary)  # what REES46 had before: [ID, name] of categories
    effect: Mapped[bytes | None] = mapped_column(LargeBinary)  # what is lost by it: [ID, name]
    hook: Mapped[str | None] = mapped_column(Text, info=vault.LOCKED)  # the secret of its webhooks
    hook_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    hook_until: Mapped[datetime | None]
    ended: Mapped[datetime | None]
    forgotten: Mapped[bool] = mapped_column(default=False)

    def count(self, name: str) -> int:
        return int(self.counts.get(name, 0))

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK


class CataloguePart(Base):
    """One call. `keys` are [row, ID] of what it sends, `problems` [row, ID, faults] of what is wrong.

    state: checked, sending (its act says since when), sent (accepted), unknown. `told` is what a webhook said.
    """

    __tablename__ = "catalogue_parts"
    __table_args__ = (UniqueConstraint("import_id", "number"),)

    id: Mapped[Id]
    shop_id: Mapped[int]
    import_id: Mapped[int] = mapped_column(ForeignKey("catalogue_imports.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(8), default="checked")
    items: Mapped[int] = mapped_column(default=0)
    size: Mapped[int] = mapped_column(default=0)  # bytes of the list
    file_id: Mapped[int | None]  # of brought_files: the elements as JSON, with commas between them
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))  # which sent it last
    tries: Mapped[int] = mapped_column(default=0)
    sent: Mapped[datetime | None]
    told: Mapped[str | None] = mapped_column(String(8))  # success, error
    told_at: Mapped[datetime | None]
    message: Mapped[str | None] = mapped_column(String(500))
    out: Mapped[list[str]] = mapped_column(Json, default=list)  # of products those that are not in stock
    keys: Mapped[bytes | None] = mapped_column(LargeBinary)
    problems: Mapped[list[Any]] = mapped_column(Json, default=list)
    sample: Mapped[list[Any]] = mapped_column(Json, default=list)  # a few elements as they are sent


def packed(pairs: Sequence[tuple[int | str, str]]) -> bytes:
    """Write pairs so that many of them are small."""
    return zlib.compress(msgspec.json.encode(pairs), 1)


def keys_of(part: CataloguePart) -> list[tuple[int, str]]:
    return PAIRS.decode(zlib.decompress(part.keys)) if part.keys else []


def names_in(content: bytes | None) -> list[tuple[str, str]]:
    """Read IDs with their names."""
    return msgspec.json.decode(zlib.decompress(content), type=list[tuple[str, str]]) if content else []


def of_shop(shop_id: int, kind: str = "", state: str = "") -> Select[CatalogueImport]:
    query = select(CatalogueImport).where(CatalogueImport.shop_id == shop_id)
    query = query.where(CatalogueImport.kind == kind) if kind else query
    return query.where(CatalogueImport.state == state) if state else query


def act_of(db: Session, part: CataloguePart) -> Act | None:
    """Find the act by which a part was sent, if it was."""
    return db.get(Act, part.act_id) if part.act_id else None


def part_numbered(db: Session, import_id: int, number: int) -> CataloguePart | None:
    return db.scalar(select(CataloguePart).where(CataloguePart.import_id == import_id, CataloguePart.number == number))


def next_part(db: Session, import_id: int, state: str) -> CataloguePart | None:
    query = select(CataloguePart).where(CataloguePart.import_id == import_id, CataloguePart.state == state)
    return db.scalar(query.order_by(CataloguePart.number).limit(1))


def parts_of(import_id: int) -> Select[CataloguePart]:
    return select(CataloguePart).where(CataloguePart.import_id == import_id).order_by(CataloguePart.number)


def each_part(db: Session, import_id: int) -> Iterator[CataloguePart]:
    """Give one part after the other; no more than one is in memory."""
    behind = -1
    while part := db.scalar(parts_of(import_id).where(CataloguePart.number > behind).limit(1)):
        behind = part.number
        yield part
        db.expunge(part)


def states(db: Session, import_id: int) -> dict[tuple[str, str | None], tuple[int, int]]:
    """Count parts and their elements by state and by what was told of them."""
    query = select(CataloguePart.state, CataloguePart.told, func.count(), func.sum(CataloguePart.items))
    rows = db.execute(
        query.where(CataloguePart.import_id == import_id).group_by(CataloguePart.state, CataloguePart.told)
    )
    return {(state, told): (parts, items or 0) for state, told, parts, items in rows}


def let_go_of_parts(db: Session, import_id: int) -> None:
    """Drop what was found in a file, since it is read in another way."""
    for file_id in db.scalars(select(CataloguePart.file_id).where(CataloguePart.import_id == import_id)):
        brought_files.let_go(db, file_id)
    db.execute(delete(CataloguePart).where(CataloguePart.import_id == import_id))


def in_front(db: Session, shop_id: int, kinds: Sequence[str]) -> list[CatalogueImport]:
    """Find imports that REES46 has to be through with first: those being sent, the last ones of each kind."""
    found = []
    for kind in kinds:
        last = db.scalar(
            of_shop(shop_id, kind)
            .where(CatalogueImport.state.in_(("running", "sent")))
            .order_by(CatalogueImport.id.desc())
            .limit(1)
        )
        found += [last] if last else []
    return found


def digests_of(secret: str, key: SecretKey) -> list[str]:
    return vault.digests(secret, key, "webhook")


def told_at(db: Session, digests: Collection[str]) -> CatalogueImport | None:
    """Find the import whose webhooks come to an address."""
    return db.scalar(select(CatalogueImport).where(CatalogueImport.hook_digest.in_(digests)))


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of what some old imports held; that there were such imports stays known. True: there may be more."""
    query = select(CatalogueImport).where(CatalogueImport.forgotten.is_(False), CatalogueImport.at < before)
    old = list(db.scalars(query.order_by(CatalogueImport.at).limit(SWEPT_AT_ONCE)))
    for one in old:
        let_go_of_parts(db, one.id)
        one.forgotten, one.known, one.effect, one.hook, one.hook_digest = True, None, None, None, None
    return len(old) == SWEPT_AT_ONCE
