"""Keeping secrets: encrypted at rest, readable and found again only with the installation's secret key.

What is encrypted begins with the id of its key. The newest key writes and each reads, also what was encrypted before
there were ids, so a key can be replaced while everything runs: `re_encrypting.py` rewrites what the older ones wrote.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.secret_key import ID, derived, id_of

if TYPE_CHECKING:
    from app.secret_key import SecretKey

LOCKED = {"locked": True}  # the `info` of a column whose values are encrypted, so that they are encrypted anew
NONCE = 12  # bytes
MARK = b"d46:"  # in front of the key's id, where bytes are encrypted
TEXT = re.compile(rf"([0-9a-f]{{{ID}}}\.)?gAAAA[\w=-]+")


class KeyChanged(Exception):
    """The secret was kept under another DESK46_SECRET_KEY and cannot be read any more."""


def lock(secret: str, key: SecretKey) -> str:
    """Encrypt."""
    return f"{id_of(key.newest)}.{_fernet(key.newest).encrypt(secret.encode()).decode()}"


def unlock(locked: str, key: SecretKey) -> str:
    """Decrypt."""
    name, _dot, token = locked.rpartition(".")
    for part in _parts(name, key):
        try:
            return _fernet(part).decrypt(token.encode()).decode()
        except InvalidToken:
            continue
    raise KeyChanged


def is_locked(text: str) -> bool:
    """Tell what `lock` made from anything else."""
    return TEXT.fullmatch(text) is not None


def lock_bytes(content: bytes, key: SecretKey, about: str) -> bytes:
    """Encrypt bytes that can be read only as what they are `about`."""
    nonce = os.urandom(NONCE)
    return mark_of(key) + nonce + _aead(key.newest).encrypt(nonce, content, about.encode())


def unlock_bytes(locked: bytes, key: SecretKey, about: str) -> bytes:
    """Decrypt bytes."""
    marked, name = locked[len(MARK) + ID :], locked[len(MARK) : len(MARK) + ID].decode(errors="replace")
    ways = [(locked, part) for part in _parts("", key)]  # as they were written before keys had ids
    if locked.startswith(MARK):
        ways = [(marked, part) for part in _parts(name, key)] + ways
    for content, part in ways:
        try:
            return _aead(part).decrypt(content[:NONCE], content[NONCE:], about.encode())
        except (InvalidTag, ValueError):
            continue
    raise KeyChanged


def mark_of(key: SecretKey) -> bytes:
    """What bytes begin with that the newest key encrypted."""
    return MARK + id_of(key.newest).encode()


def digest(text: str, key: SecretKey, purpose: str = "") -> str:
    """Name a text without telling it: guessing needs the key. The same text has another name for another purpose."""
    return mac(mac_key(key.newest, purpose), text)


def digests(text: str, key: SecretKey, purpose: str = "") -> list[str]:
    """Give all names that a text may have been kept under, the present one first."""
    return [mac(mac_key(part, purpose), text) for part in key.parts]


def mac(secret: bytes, text: str) -> str:
    return hmac.new(secret, text.encode(errors="replace"), hashlib.sha256).hexdigest()


def mac_key(part: str, purpose: str) -> bytes:
    """Give the key of a HMAC as HMAC itself shortens it, so that a long secret key cannot be read from it."""
    written = f"{purpose}{part}".encode()
    return hashlib.sha256(written).digest() if len(written) > hashlib.sha256().block_size else written


def _parts(name: str, key: SecretKey) -> Iterator[str]:
    """Give the keys that may have encrypted something: the one with that id, or each where no id was written."""
    return (part for part in key.parts if not name or id_of(part) == name)


@lru_cache(maxsize=8)
def _fernet(part: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived(part, b"desk46 shop secrets")))


@lru_cache(maxsize=8)
def _aead(part: str) -> AESGCM:
    return AESGCM(derived(part, b"desk46 files"))
