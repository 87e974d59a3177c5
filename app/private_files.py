"""Files and folders that nobody else on this machine may read."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def private_folder(path: Path) -> None:
    """Make a folder, or close one that is there, unless it is somebody else's or everybody's (/tmp)."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    _close(path, 0o700)


def private_file(path: Path) -> None:
    """Make an empty file, or close one that is there. Whatever cannot be done is left to whoever writes to it."""
    with suppress(OSError):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        _close(path, 0o600)


def _close(path: Path, mode: int) -> None:
    there = path.stat()
    is_everybodys = bool(there.st_mode & stat.S_ISVTX)
    if there.st_uid == os.getuid() and not is_everybodys and there.st_mode & FOR_OTHERS:
        with suppress(OSError):
            path.chmod(mode)
