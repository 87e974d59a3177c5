"""Files that people brought, and results that they fetch: encrypted, in chunks, so that hosts share them.

A chunk is encrypted with its place in its file: none can be left out, moved or taken from another file unnoticed. Only
one is in memory at a time, whoever writes or reads by blocks.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Id, Moment, now
from app.store.sweeping import delete_some
from app.vault import LOCKED, KeyChanged, lock_bytes, unlock_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from sqlalchemy.orm import Session

    from app.secret_key import SecretKey

CHUNK = 256 * 1024  # bytes


class BroughtFile(Base):
    """A file, or what was pasted instead. One of an older release has its bytes in `content`."""

    __tablename__ = "brought_files"

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(24), default=lambda: secrets.token_hex(12), server_default="")
    shop_id: Mapped[int]
    at: Mapped[Moment] = mapped_column(default=now, index=True)
    name: Mapped[str] = mapped_column(String(200), default="")  # empty when it was pasted
    size: Mapped[int] = mapped_column(default=0, server_default="0")  # bytes
    chunks: Mapped[int] = mapped_column(default=0, server_default="0")
    content: Mapped[bytes | None] = mapped_column(LargeBinary)


class FileChunk(Base):
    """A piece of a file, encrypted."""

    __tablename__ = "file_chunks"
    __table_args__ = (UniqueConstraint("file_id", "number"),)

    id: Mapped[Id]
    file_id: Mapped[int] = mapped_column(ForeignKey("brought_files.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, info=LOCKED)


def keep(db: Session, shop_id: int, name: str, content: bytes | Iterable[bytes], key: SecretKey) -> BroughtFile:
    """Keep a file for a while; `content` may come in blocks of any size."""
    file = BroughtFile(shop_id=shop_id, name=name[-200:])
    db.add(file)
    db.flush()
    append(db, file, [content] if isinstance(content, bytes) else content, key)
    return file


def append(db: Session, file: BroughtFile, blocks: Iterable[bytes], key: SecretKey) -> None:
    """Write on at the end of a file."""
    for block in _chunks(blocks):
        about = place_of(file, file.chunks)
        row = {"file_id": file.id, "number": file.chunks, "content": lock_bytes(block, key, about)}
        db.execute(insert(FileChunk).values(row))  # no object of the session holds on to it
        file.chunks, file.size = file.chunks + 1, file.size + len(block)


def by_id(db: Session, shop_id: int, file_id: int | None) -> BroughtFile | None:
    """Give a file of the shop, unless it is gone."""
    file = db.get(BroughtFile, file_id) if file_id else None
    return file if file and file.shop_id == shop_id else None


def blocks_of(db: Session, file: BroughtFile, key: SecretKey) -> Iterator[bytes]:
    """Give a file piece by piece; raise KeyChanged where it cannot be read, or is not whole."""
    if file.content is not None:
        yield file.content
        return
    for number in range(file.chunks):
        yield block_of(db, file, number, key)


def block_of(db: Session, file: BroughtFile, number: int, key: SecretKey) -> bytes:
    """Give one piece of a file, for whoever reads it over several transactions."""
    query = select(FileChunk.content).where(FileChunk.file_id == file.id, FileChunk.number == number)
    if (locked := db.scalar(query)) is None:
        raise KeyChanged
    return unlock_bytes(locked, key, place_of(file, number))


def content_of(db: Session, file: BroughtFile, key: SecretKey) -> bytes:
    """Give a whole file, for what cannot be read by pieces."""
    return b"".join(blocks_of(db, file, key))


def whole(db: Session, shop_id: int, file_id: int | None, key: SecretKey) -> bytes | None:
    """Give the bytes of a file of the shop, unless it is gone or cannot be read any more."""
    file = by_id(db, shop_id, file_id)
    try:
        return content_of(db, file, key) if file else None
    except KeyChanged:
        return None


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some that nobody came back to; True when there may be more."""
    return delete_some(db, BroughtFile, BroughtFile.at < before)


def let_go(db: Session, file_id: int | None) -> None:
    """Nobody will want it read in another way any more."""
    db.execute(delete(BroughtFile).where(BroughtFile.id == file_id))


def place_of(file: BroughtFile, number: int) -> str:
    return f"{file.key}:{number}"


def _chunks(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut and join blocks to pieces of one size; the last may be shorter."""
    rest = bytearray()
    for block in blocks:
        rest += block
        while len(rest) >= CHUNK:
            yield bytes(rest[:CHUNK])
            del rest[:CHUNK]
    if rest:
        yield bytes(rest)
