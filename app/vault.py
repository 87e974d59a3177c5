"""Keeping secrets: encrypted at rest, readable and found again only with the installation's secret key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12  # bytes


class KeyChanged(Exception):
    """The secret was kept under another DESK46_SECRET_KEY and cannot be read any more."""


def lock(secret: str, key: str) -> str:
    """Encrypt."""
    return _fernet(key).encrypt(secret.encode()).decode()


def unlock(locked: str, key: str) -> str:
    """Decrypt."""
    try:
        return _fernet(key).decrypt(locked.encode()).decode()
    except InvalidToken:
        raise KeyChanged from None


def lock_bytes(content: bytes, key: str, about: str) -> bytes:
    """Encrypt bytes that can be read only as what they are `about`."""
    nonce = os.urandom(NONCE)
    return nonce + _aead(key).encrypt(nonce, content, about.encode())


def unlock_bytes(locked: bytes, key: str, about: str) -> bytes:
    """Decrypt bytes."""
    try:
        return _aead(key).decrypt(locked[:NONCE], locked[NONCE:], about.encode())
    except (InvalidTag, ValueError):
        raise KeyChanged from None


def digest(text: str, key: str, purpose: str = "") -> str:
    """Name a text without telling it: guessing needs the key. The same text has another name for another purpose."""
    return hmac.new(f"{purpose}{key}".encode(), text.encode(errors="replace"), hashlib.sha256).hexdigest()


def fingerprint_of_key(key: str) -> str:
    """Name the key itself without telling it: guessing takes as long as guessing what it encrypts."""
    return hashlib.sha256(b"desk46 key " + _derived(key)).hexdigest()[:16]


@lru_cache(maxsize=4)
def _fernet(key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derived(key)))


@lru_cache(maxsize=4)
def _derived(key: str) -> bytes:
    return hashlib.scrypt(key.encode(), salt=b"desk46 shop secrets", n=2**14, r=8, p=1, dklen=32)


@lru_cache(maxsize=4)
def _aead(key: str) -> AESGCM:
    return AESGCM(hashlib.scrypt(key.encode(), salt=b"desk46 files", n=2**14, r=8, p=1, dklen=32))
