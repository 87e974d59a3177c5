"""Files of catalogues: kept encrypted while they arrive, and read piece by piece. No process ever holds a whole one."""

from __future__ import annotations

from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.store import brought_files
from app.web.context import desk, settings
from app.web.tables.upload import Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import BinaryIO

    from app.store.brought_files import BroughtFile


class KeptFile(RawIOBase):
    """A kept file from its beginning; each piece is read in a transaction of its own."""

    def __init__(self, file: BroughtFile) -> None:
        super().__init__()
        self.file, self.number, self.rest = file, 0, memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # that is what BufferedReader gives
        if not self.rest and self.number < self.file.chunks:
            with desk().reading() as db:
                self.rest = memoryview(brought_files.block_of(db, self.file, self.number, settings().key))
            self.number += 1
        size = min(len(buffer), len(self.rest))
        buffer[:size], self.rest = self.rest[:size], self.rest[size:]
        return size


def opened(shop_id: int, file_id: int | None) -> BinaryIO:
    """Open a file; say so where it is gone."""
    with desk().reading() as db:
        file = brought_files.by_id(db, shop_id, file_id)
    if file is None:
        raise Unreadable(_("The file is no longer there. Bring it again."))
    return BufferedReader(KeptFile(file), brought_files.CHUNK)


def beginning_of(shop_id: int, file_id: int | None) -> bytes:
    """Give the first piece of a file."""
    return opened(shop_id, file_id).read(brought_files.CHUNK)


def content_of(shop_id: int, file_id: int | None) -> bytes:
    """Give a whole file that is known to be small, such as one part of an import."""
    with desk().reading() as db:
        content = brought_files.whole(db, shop_id, file_id, settings().key)
    if content is None:
        raise Unreadable(_("The file is no longer there. Bring it again."))
    return content


def keep(shop_id: int, name: str, blocks: Iterable[bytes]) -> BroughtFile:
    """Keep a file; each block is written in a transaction of its own, so that nobody waits for a long one."""
    with desk().writing() as db:
        file = brought_files.keep(db, shop_id, name, b"", settings().key)
    for block in blocks:
        add(file, block)
    return file


def add(file: BroughtFile, block: bytes) -> None:
    """Write on at the end of a file."""
    with desk().writing() as db:
        here = db.merge(file)
        brought_files.append(db, here, [block], settings().key)
    file.chunks, file.size = here.chunks, here.size


def let_go(file_id: int | None) -> None:
    with desk().writing() as db:
        brought_files.let_go(db, file_id)
