"""Codes that were uploaded from here: encrypted, and found again by a digest that only this installation can make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Index, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app import vault
from app.store.base import Base, Id, Moment
from app.store.promo_batches import PromoBatch
from app.vault import LOCKED, lock, unlock

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy.orm import Session

    from app.secret_key import SecretKey


AT_ONCE = 500  # digests in one query


class PromoUpload(Base):
    """A code in a list. The digest is of the code as a till reads it: capitals do not matter."""

    __tablename__ = "promo_uploads"
    __table_args__ = (
        UniqueConstraint("shop_id", "list_id", "digest"),
        Index("ix_promo_uploads_digest", "shop_id", "digest"),
    )

    id: Mapped[Id]
    at: Mapped[Moment]
    shop_id: Mapped[int]
    list_id: Mapped[str] = mapped_column(String(255))
    batch_id: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    code: Mapped[str] = mapped_column(Text, info=LOCKED)


def keep(db: Session, batch: PromoBatch, codes: Sequence[str], key: SecretKey) -> None:
    """Write down that codes of a batch stand in its list now."""
    shop_id, list_id = batch.shop_id, batch.list_id or ""
    names = _named(codes, key)
    known = {names[row.digest] for row in _found(db, shop_id, names, list_id=list_id)}
    new = {digests_of(code, key)[0]: code for code in names.values() if code not in known}
    db.add_all(
        PromoUpload(shop_id=shop_id, list_id=list_id, batch_id=batch.id, digest=digest, code=lock(code, key))
        for digest, code in new.items()
    )


def lists_with(db: Session, shop_id: int, codes: Iterable[str], key: SecretKey) -> dict[str, list[str]]:
    """Say in which lists codes stand already: for each list the codes as they are spelt now."""
    digests = _named(codes, key)
    found: dict[str, list[str]] = {}
    for row in _found(db, shop_id, digests):
        found.setdefault(row.list_id, []).append(digests[row.digest])
    return found


def batches_with(db: Session, shop_id: int, code: str, key: SecretKey) -> list[PromoBatch]:
    """List the uploads that a code came with, newest first."""
    batches = {row.batch_id for row in _found(db, shop_id, digests_of(code, key))}
    query = select(PromoBatch).where(PromoBatch.id.in_(batches)).order_by(PromoBatch.id.desc())
    return list(db.scalars(query)) if batches else []


def digests_of(code: str, key: SecretKey) -> list[str]:
    return vault.digests(code.casefold(), key, "promo codes ")


def _named(codes: Iterable[str], key: SecretKey) -> dict[str, str]:
    """Give the codes by all their digests; of two that a till reads alike the last."""
    alike = {code.casefold(): code for code in codes}
    return {digest: code for code in alike.values() for digest in digests_of(code, key)}


def code_of(row: PromoUpload, key: SecretKey) -> str:
    return unlock(row.code, key)


def _found(db: Session, shop_id: int, digests: Iterable[str], *, list_id: str | None = None) -> Iterable[PromoUpload]:
    wanted = list(digests)
    query = select(PromoUpload).where(PromoUpload.shop_id == shop_id)
    query = query.where(PromoUpload.list_id == list_id) if list_id is not None else query
    for first in range(0, len(wanted), AT_ONCE):
        yield from db.scalars(query.where(PromoUpload.digest.in_(wanted[first : first + AT_ONCE])))
