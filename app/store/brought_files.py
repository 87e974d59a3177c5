"""Files that people brought, as long as somebody may want them read in another way: another sheet, encoding, column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import LargeBinary, String, delete
from sqlalchemy.orm import Mapped, mapped_column

from app.store.base import Base, Id, Moment, now
from app.store.sweeping import delete_some

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


class BroughtFile(Base):
    """The bytes of a file, or of what was pasted instead."""

    __tablename__ = "brought_files"

    id: Mapped[Id]
    shop_id: Mapped[int]
    at: Mapped[Moment] = mapped_column(default=now, index=True)
    name: Mapped[str] = mapped_column(String(200), default="")  # empty when it was pasted
    content: Mapped[bytes] = mapped_column(LargeBinary)


def keep(db: Session, shop_id: int, name: str, content: bytes) -> BroughtFile:
    """Keep a file for a while."""
    file = BroughtFile(shop_id=shop_id, name=name[-200:], content=content)
    db.add(file)
    db.flush()
    return file


def by_id(db: Session, shop_id: int, file_id: int | None) -> BroughtFile | None:
    """Give a file of the shop, unless it is gone."""
    file = db.get(BroughtFile, file_id) if file_id else None
    return file if file and file.shop_id == shop_id else None


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some that nobody came back to; True when there may be more."""
    return delete_some(db, BroughtFile, BroughtFile.at < before)


def let_go(db: Session, file_id: int | None) -> None:
    """Nobody will want it read in another way any more."""
    db.execute(delete(BroughtFile).where(BroughtFile.id == file_id))
