"""The secret key of an installation, which may stand beside those that it replaces: `DESK46_SECRET_KEY=new,old`."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from app.private_files import private_folder

ID = 8  # characters


@dataclass(frozen=True)
class SecretKey:
    """Keys, the newest first: it writes, and every one reads."""

    parts: tuple[str, ...] = field(repr=False)

    @classmethod
    def of(cls, text: str) -> SecretKey:
        """Read keys with commas between them; raises ValueError where there is none between two commas."""
        parts = tuple(dict.fromkeys(part.strip() for part in text.split(","))) if "," in text else (text,)
        if not all(parts):
            raise ValueError("there is no key before, behind or between the commas; new,old is right")
        return cls(parts)

    @property
    def newest(self) -> str:
        return self.parts[0]

    @property
    def older(self) -> tuple[str, ...]:
        return self.parts[1:]

    @property
    def oldest_first(self) -> list[str]:
        """As itsdangerous takes them: it signs with the last, and believes each."""
        return list(reversed(self.parts))


def fingerprint_of(part: str) -> str:
    """Name a key without telling it: guessing takes as long as guessing what it encrypts."""
    return hashlib.sha256(b"desk46 key " + derived(part, b"desk46 shop secrets")).hexdigest()[:16]


def id_of(part: str) -> str:
    """Name a key in front of what it encrypted."""
    return fingerprint_of(part)[:ID]


@lru_cache(maxsize=16)
def derived(part: str, salt: bytes) -> bytes:
    """Make a key of 256 bits for one purpose of a key as people write it."""
    return hashlib.scrypt(part.encode(), salt=salt, n=2**14, r=8, p=1, dklen=32)


def kept_key(path: Path) -> str:
    """Read the key, or make it; two processes that start together end up with the same one."""
    private_folder(path.parent)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    if not path.exists():
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        try:
            path.hardlink_to(fresh)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text().strip()
