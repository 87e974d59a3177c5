"""Which customers were made nameless, and when: a backup that is restored has to forget them again.

A line of the list names a customer by digests of their keys that only this installation's secret key can make, so the
list itself tells nothing of anybody. It lies outside the databases, and beside the backups where they have a folder.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from app import vault

if TYPE_CHECKING:
    from pathlib import Path

    from app.config import Settings

NAME = "erasures"
Key = tuple[str, str]  # its kind (email, phone …) and its value


class Erasure(msgspec.Struct, frozen=True):
    """One customer of one shop; `keys` are digests."""

    at: datetime
    shop: str
    keys: tuple[str, ...]


def note(settings: Settings, shop: str, keys: Iterable[Key]) -> None:
    """Add a customer to the list, before the erasure is committed: one that fails then is asked for again."""
    names = tuple(sorted(digests(settings, shop, key)[0] for key in keys))
    line = msgspec.json.encode(Erasure(datetime.now(UTC), shop, names)) + b"\n"
    _append(settings.var / NAME, line)
    if settings.backup_folder:
        with suppress(OSError):  # a copy: the folder of backups may be away for a while
            _append(settings.backup_folder / NAME, line)


def read(*paths: Path) -> set[Erasure]:
    """Read lists: each erasure once, whichever of them have it."""
    return {erasure for path in paths if path.exists() for erasure in parse(path.read_bytes().splitlines())}


def parse(lines: Iterable[bytes]) -> set[Erasure]:
    """Read the lines of a list; one that was cut off as it was written is left out."""
    found = set()
    for line in lines:
        with suppress(msgspec.MsgspecError):
            found.add(msgspec.json.decode(line, type=Erasure))
    return found


def merge(erasures: Iterable[Erasure], path: Path) -> None:
    """Keep erasures in a list, besides those that are in it."""
    for erasure in sorted(set(erasures) - read(path), key=lambda erasure: erasure.at):
        _append(path, msgspec.json.encode(erasure) + b"\n")


def digests(settings: Settings, shop: str, key: Key) -> list[str]:
    """Name a key of a customer without telling it, as the present secret key does and as those before it did."""
    return vault.digests("\n".join((shop, *key)), settings.key, "erasures ")


def _append(path: Path, line: bytes) -> None:
    """Write a line to the disk itself, in one piece: other processes write, too."""
    place = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(place, line)
        os.fsync(place)
    finally:
        os.close(place)
