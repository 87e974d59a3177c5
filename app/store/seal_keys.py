"""The keys that seal the trail: made of the secret key, and kept, encrypted by the present one, when it is replaced."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from app import vault
from app.secret_key import fingerprint_of
from app.store.base import Base

if TYPE_CHECKING:
    from app.secret_key import SecretKey

PURPOSE = "trail seals "


class SealKey(Base):
    """What a secret key that was replaced sealed with: it checks what stands there, and seals nothing more."""

    __tablename__ = "seal_keys"

    key_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    locked: Mapped[str] = mapped_column(Text, info=vault.LOCKED)


@dataclass(frozen=True)
class Signer:
    """Signs with one key; `id` names it."""

    id: str
    secret: bytes = field(repr=False)

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, part: str) -> Signer:
        """Sign by a secret key."""
        return cls(fingerprint_of(part), vault.mac_key(part, PURPOSE))

    def sign(self, *parts: object) -> str:
        return vault.mac(self.secret, json.dumps(parts, ensure_ascii=False, default=_plain, sort_keys=True))


def _plain(value: object) -> str:
    """Write moments as every database gives them back."""
    return value.isoformat(timespec="microseconds") if isinstance(value, datetime) else str(value)


def present(key: SecretKey) -> dict[str, Signer]:
    """Give those by which the newest seal may be signed."""
    return {signer.id: signer for signer in map(Signer.of, key.parts)}


def every(db: Session, key: SecretKey) -> dict[str, Signer]:
    """Give those by which something can be checked; one that cannot be decrypted is missing."""
    found = present(key)
    for row in db.scalars(select(SealKey).where(SealKey.key_id.not_in(found))):
        try:
            found[row.key_id] = Signer(row.key_id, b64decode(vault.unlock(row.locked, key)))
        except vault.KeyChanged:
            continue
    return found


def keep_older(db: Session, key: SecretKey) -> int:
    """Keep what the older keys sealed with, so that they can be dropped; says how many that were."""
    kept = set(db.scalars(select(SealKey.key_id)))
    new = [signer for signer in map(Signer.of, key.older) if signer.id not in kept]
    db.add_all(SealKey(key_id=one.id, locked=vault.lock(b64encode(one.secret).decode(), key)) for one in new)
    return len(new)
