"""Pictures that people put beside a verdict: what they saw on their phone. Kept encrypted, with the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.store.matrix_upkeep import picture_place
from app.vault import KeyChanged, lock_bytes, unlock_bytes
from app.web.context import settings

if TYPE_CHECKING:
    from werkzeug.datastructures import FileStorage

    from app.store.matrix import MatrixCell

LARGEST = 5 * 1024 * 1024
KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def kind_of(file: FileStorage) -> str:
    """Tell by its first bytes which kind of picture it is; empty for what is none, or too large."""
    file.stream.seek(0)
    content = file.stream.read(LARGEST + 1)
    file.stream.seek(0)
    if len(content) > LARGEST:
        return ""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for first, kind in KINDS.items() if content.startswith(first)), "")


def keep(cell: MatrixCell, file: FileStorage) -> None:
    """Put a picture to a cell."""
    cell.picture_kind = kind_of(file)
    cell.picture = lock_bytes(file.stream.read(), settings().key, picture_place(cell.id))


def content_of(cell: MatrixCell) -> bytes | None:
    """Give the picture, if there is one that can still be read."""
    try:
        return unlock_bytes(cell.picture, settings().key, picture_place(cell.id)) if cell.picture else None
    except KeyChanged:
        return None
