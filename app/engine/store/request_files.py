"""Request files: calls with a list too large for memory wait in a file until the worker has done their rows.

A request file lies in DESK46_VAR/spool, which the web process and the worker share. It is written in blocks, read
through a map of the file, so that no process ever holds a copy: what is held is where each element begins.

Its name begins with the id of its folder. So a worker of a host whose folder is another one tells a file that it
cannot see from a file that is gone.
"""

from __future__ import annotations

import mmap
import os
import secrets
import tempfile
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import IO, Any

import msgspec

from app.config import Settings
from app.private_files import private_file, private_folder

BLOCK = 1024 * 1024
ID_FILE = "folder.id"


class TooLargeError(Exception):
    """A call weighs more than is allowed."""


class RequestFile:
    """The body of a call in a file. Unless it is kept, it is deleted with the end of the call."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_kept = False

    def keep(self) -> str:
        """Let it outlive the call, and give the name to find it by."""
        self.is_kept = True
        return self.path.name

    def discard(self) -> None:
        self.path.unlink(missing_ok=True)


def write(settings: Settings, body: IO[bytes], largest: int | None) -> RequestFile:
    """Write a body down, to the disk itself: what is accepted must outlive a loss of power."""
    request_file = RequestFile(folder(settings) / f"{folder_id(settings)}-{secrets.token_hex(12)}.json")
    size = 0
    try:
        request_file.path.touch(mode=0o600, exist_ok=False)
        with request_file.path.open("wb") as file:
            for block in iter(partial(body.read, BLOCK), b""):
                size += file.write(block if size else block.removeprefix(BOM_UTF8))  # exporters on Windows begin so
                if largest is not None and size > largest:
                    raise TooLargeError  # noqa: TRY301  # whatever ends this early takes the file along
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        request_file.discard()
        raise
    return request_file


def write_list(settings: Settings, name: str, elements: Sequence[Any]) -> RequestFile:
    """Write a list that came in a form as if it had come in a JSON body."""
    with tempfile.TemporaryFile() as body:
        body.write(msgspec.json.encode({name: elements}))
        body.seek(0)
        return write(settings, body, None)


def folder(settings: Settings) -> Path:
    """Give the folder of the request files, and make it if need be."""
    private_folder(settings.request_files)
    return settings.request_files


def folder_id(settings: Settings) -> str:
    """Give the id of the folder of this host, made with the first request file."""
    path = folder(settings) / ID_FILE
    if not path.exists():
        new = path.with_name(secrets.token_hex(8))
        private_file(new)
        new.write_text(secrets.token_hex(8))
        with suppress(FileExistsError):  # another process was first
            path.hardlink_to(new)
        new.unlink()
    return path.read_text()


def is_elsewhere(settings: Settings, name: str) -> bool:
    """Tell whether a request file lies in the folder of another host, which cannot be seen from here."""
    of_folder, dash, _rest = name.partition("-")
    return bool(dash) and not (folder(settings) / name).exists() and of_folder != folder_id(settings)


def envelope(path: Path) -> dict[str, msgspec.Raw]:
    """Take the JSON object in a file apart, without understanding what its keys hold."""
    if not path.stat().st_size:
        return {}
    with path.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    said: dict[str, msgspec.Raw] = msgspec.json.decode(mapped, type=dict[str, msgspec.Raw])
    return {key.strip(): value for key, value in said.items()}


def elements_of(path: Path, name: str) -> list[msgspec.Raw]:
    """Give the elements of a list in a request file, each as the bytes that stand in the file."""
    found: list[msgspec.Raw] = msgspec.json.decode(envelope(path)[name], type=list[msgspec.Raw])
    return found


@lru_cache(maxsize=1)
def opened(path: Path, name: str) -> list[msgspec.Raw]:
    """Keep the request file that the worker is at open from one part to the next."""
    return elements_of(path, name)


def forget(settings: Settings, name: str) -> None:
    """Delete a request file that is worked off."""
    opened.cache_clear()
    (settings.request_files / name).unlink(missing_ok=True)


def abandoned(settings: Settings, kept: Iterable[str], before: float) -> list[Path]:
    """List request files older than a moment that no job knows: their call was cut off before it was accepted."""
    known = set(kept)
    return [
        path for path in folder(settings).glob("*.json") if path.name not in known and path.stat().st_mtime < before
    ]
