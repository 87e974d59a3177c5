"""The file of a backup: a ZIP with the rows of each table as lines of JSON, and a manifest that is written last."""

from __future__ import annotations

import os
import secrets
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import msgspec

FORMAT = 1
MANIFEST = "manifest.json"
REQUEST_FILES = "request_files"  # the folder of the bodies of calls that wait
QUICK = 1  # of zlib: a backup is made while people work, and five times as quick is worth a tenth of its size


class NoBackup(Exception):
    """A backup cannot be made or read. The text is one line for whoever asked for it."""


class Kept(msgspec.Struct):
    """What of one database is in a backup: the revision of its shape, and how many rows each table has."""

    revision: str
    tables: dict[str, int]


class Manifest(msgspec.Struct):
    """What a backup says of itself. `key` is the fingerprint of the secret key, which is not in it."""

    format: int
    version: str
    at: datetime
    key: str
    databases: dict[str, Kept]
    request_files: list[str]  # bodies of calls that wait
    missing: list[str]  # of these, what was lost before the backup
    older_keys: list[str] = []  # fingerprints of those that are needed besides


class Writer:
    """Puts lines and files into a backup that is being made."""

    def __init__(self, zip_file: ZipFile) -> None:
        self._zip = zip_file

    def lines(self, name: str, lines: Iterable[bytes]) -> None:
        with self._zip.open(name, "w", force_zip64=True) as file:
            for line in lines:
                file.write(line + b"\n")

    def copy(self, name: str, path: Path) -> None:
        self._zip.write(path, name)

    def close(self, manifest: Manifest) -> None:
        self._zip.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))


@contextmanager
def new_archive(path: Path) -> Iterator[Writer]:
    """Make a backup beside its place, and put it there when it is whole and on the disk; never over another one."""
    if path.exists():
        raise NoBackup(f"{path} is there already. Nothing was written. Name a new file.")
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            with ZipFile(file, "w", ZIP_DEFLATED, compresslevel=QUICK) as zip_file:
                yield Writer(zip_file)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except OSError as error:
        raise NoBackup(f"{path} cannot be written: {error.strerror}. No backup was made.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


class Reader:
    """Gives what is in a backup. `manifest` has been read, and is of a format that this Desk46 knows."""

    def __init__(self, zip_file: ZipFile, manifest: Manifest) -> None:
        self._zip = zip_file
        self.manifest = manifest

    def lines(self, name: str) -> Iterator[bytes]:
        with self._zip.open(name) as file:
            yield from file

    def has(self, name: str) -> bool:
        return name in self._zip.namelist()

    def unpack(self, name: str, path: Path) -> None:
        """Write a file of the backup to a place of its own, for nobody else to read."""
        with (
            self._zip.open(name) as packed,
            os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file,
        ):
            while block := packed.read(1024 * 1024):
                file.write(block)


@contextmanager
def open_archive(path: Path) -> Iterator[Reader]:
    """Open a backup, and see that it is whole before anything of it is used."""
    try:
        with ZipFile(path) as zip_file:
            if damaged := zip_file.testzip():
                raise NoBackup(f"{path} is damaged: {damaged} is not as it was written. Nothing was changed.")
            yield Reader(zip_file, _manifest(path, zip_file))
    except OSError as error:
        raise NoBackup(f"{path} cannot be read: {error.strerror or error}. Nothing was changed.") from error
    except (BadZipFile, zlib.error, EOFError) as error:
        raise NoBackup(f"{path} is no whole backup ({error}). Nothing was changed.") from error


def _manifest(path: Path, zip_file: ZipFile) -> Manifest:
    read: Callable[[bytes], Manifest] = msgspec.json.Decoder(Manifest).decode
    try:
        manifest = read(zip_file.read(MANIFEST))
    except (KeyError, msgspec.MsgspecError):
        raise NoBackup(f"{path} is no backup of Desk46. Nothing was changed.") from None
    if manifest.format != FORMAT:
        raise NoBackup(
            f"{path} was made by Desk46 {manifest.version} in a newer form (format {manifest.format}). Nothing was "
            "changed. Restore it with that version."
        )
    return manifest
