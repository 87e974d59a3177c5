"""Long lists that somebody takes away as a file: where they stand, and the file that a worker writes."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.store import brought_files
from app.store.base import Base, Id, Moment, now
from app.store.brought_files import BroughtFile
from app.store.sweeping import delete_some

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.secret_key import SecretKey


class Export(Base):
    """A list, as the address of it that was asked for as a file. `file_id` is its file, whole once it is `made`."""

    __tablename__ = "exports"
    __table_args__ = (Index("ix_exports_at", "at"),)

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(24), unique=True, default=lambda: secrets.token_hex(12))
    shop_id: Mapped[int]
    person_id: Mapped[int]
    at: Mapped[Moment]
    address: Mapped[str] = mapped_column(Text)  # path and query
    name: Mapped[str] = mapped_column(String(120), default="")  # of the file, without its ending
    rows: Mapped[int] = mapped_column(default=0)
    file_id: Mapped[int | None]
    made: Mapped[datetime | None]


def begin_file(db: Session, export_id: int, name: str, key: SecretKey) -> int:
    """Begin its file anew; what somebody left half written goes."""
    export = db.get_one(Export, export_id)
    brought_files.let_go(db, export.file_id)
    file = brought_files.keep(db, export.shop_id, f"{name}.csv", [], key)
    export.name, export.rows, export.file_id = name[:120], 0, file.id
    return file.id


def write(db: Session, file_id: int, block: str, key: SecretKey) -> None:
    """Write on."""
    brought_files.append(db, db.get_one(BroughtFile, file_id), [block.encode()], key)


def finish(db: Session, export_id: int, rows: int) -> None:
    """Say that the file is whole."""
    export = db.get_one(Export, export_id)
    export.rows, export.made = rows, now()


def forget_old(db: Session, before: datetime) -> bool:
    """Let go of some, whose files go by themselves; True when there may be more."""
    return delete_some(db, Export, Export.at < before)
