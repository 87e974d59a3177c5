"""Codes on their way into a promo list: pasted, read from a file or generated; looked through, then sent in parts."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ForeignKey, Index, Select, String, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from app.store.acts import Act
from app.store.base import Base, Id, Json, Moment, now

AT_ONCE = 1000  # codes in one call
KEPT = timedelta(days=7)  # how long codes that are no longer needed may be downloaded


class PromoBatch(Base):
    """Codes, and how far they have come: checked, sending, sent. `position` counts what REES46 has accepted."""

    __tablename__ = "promo_batches"
    __table_args__ = (
        Index("ix_promo_batches_shop", "shop_id", "id"),
        Index("ix_promo_batches_list", "shop_id", "list_id", "id"),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(String(16), unique=True, default=lambda: secrets.token_hex(6))
    shop_id: Mapped[int]
    at: Mapped[Moment]
    person: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(12))  # pasted, file, generated
    list_id: Mapped[str | None] = mapped_column(String(255))
    list_name: Mapped[str] = mapped_column(String(255), default="")
    state: Mapped[str] = mapped_column(String(8), default="checked")
    codes: Mapped[list[str]] = mapped_column(Json, default=list)
    findings: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    file_id: Mapped[int | None]  # of brought_files, while it is there
    reading: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)  # encoding, sheet, column … of the file
    total: Mapped[int] = mapped_column(default=0)
    position: Mapped[int] = mapped_column(default=0)
    tries: Mapped[int] = mapped_column(default=0)
    before: Mapped[int | None]
    after: Mapped[int | None]
    ended: Mapped[datetime | None]
    act_id: Mapped[int | None] = mapped_column(ForeignKey("acts.id"))  # which sent the last part
    act: Mapped[Act | None] = relationship(lazy="joined")
    forget: Mapped[datetime | None] = mapped_column(default=lambda: now() + KEPT, index=True)

    @property
    def part(self) -> list[str]:
        """The codes of the next call."""
        return self.codes[self.position : self.position + AT_ONCE]

    @property
    def accepted(self) -> int | None:
        """How many codes the list gained; None while that cannot be told."""
        if self.before is None or self.after is None:
            return None
        return min(max(self.after - self.before, 0), self.total)


def add(db: Session, batch: PromoBatch) -> PromoBatch:
    """Keep a batch."""
    db.add(batch)
    db.flush()
    return batch


def forget_old(db: Session, before: datetime) -> bool:
    """Forget the codes of batches that nobody needs any more."""
    old = (PromoBatch.forget < before + KEPT, PromoBatch.state != "sending")
    db.execute(update(PromoBatch).where(*old).values(codes=[], forget=None))
    return False


def replace_codes(
    db: Session, batch_id: int, codes: list[str], findings: dict[str, Any], reading: dict[str, Any]
) -> None:
    """Put what was read in another way in the place of what was read at first, unless it is being sent already."""
    batch = db.get_one(PromoBatch, batch_id, with_for_update={"of": PromoBatch})
    if batch.state == "checked":
        batch.codes, batch.total, batch.findings, batch.reading = codes, len(codes), findings, reading


def start(db: Session, batch_id: int, *, list_id: str, list_name: str, codes: list[str], before: int) -> bool:
    """Begin to send; False when somebody else has begun."""
    batch = db.get_one(PromoBatch, batch_id, with_for_update={"of": PromoBatch})
    if batch.state != "checked":
        return False
    batch.list_id, batch.list_name, batch.codes, batch.before = list_id, list_name, codes, before
    batch.state, batch.total = "sending", len(codes)
    return True


def begin_part(db: Session, batch_id: int, act_id: int) -> None:
    """Note which act sends the next part, before it does."""
    batch = db.get_one(PromoBatch, batch_id, with_for_update={"of": PromoBatch})
    batch.tries, batch.act_id = batch.tries + 1, act_id


def accepted_until(db: Session, batch_id: int, position: int) -> PromoBatch:
    """Note that REES46 has accepted the codes before a position."""
    batch = db.get_one(PromoBatch, batch_id, with_for_update={"of": PromoBatch})
    batch.position = max(batch.position, position)
    return batch


def put_back(db: Session, batch_id: int) -> None:
    """Let another list be chosen, as long as nothing was taken."""
    batch = db.get_one(PromoBatch, batch_id, with_for_update={"of": PromoBatch})
    if batch.state == "sending" and not batch.position:
        batch.state = "checked"


def end(db: Session, batch_id: int, after: int | None) -> None:
    """Note what the list has now. Codes that people brought are dropped: REES46 has them, and so do they."""
    batch = db.get_one(PromoBatch, batch_id, with_for_update={"of": PromoBatch})
    if batch.state == "sent":
        return
    batch.state, batch.after, batch.ended = "sent", after, now()
    if batch.source != "generated":
        batch.codes, batch.forget = [], None


def of_shop(shop_id: int) -> Select[PromoBatch]:
    return select(PromoBatch).where(PromoBatch.shop_id == shop_id)


def of_list(shop_id: int, list_id: str) -> Select[PromoBatch]:
    return select(PromoBatch).where(PromoBatch.shop_id == shop_id, PromoBatch.list_id == list_id)
