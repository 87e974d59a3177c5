"""The parts of an import, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.web.context import desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy.orm import Session

    from app.store.imports import Batch, Part


def parts_of(batch: Batch, following: Callable[[Session, int, int], Part | None]) -> Iterator[Part]:
    """Give the parts of an import each read by itself: all of them may be too much for memory."""
    behind = 0
    while True:
        with desk().reading() as db:
            part = following(db, batch.id, behind)
        if part is None:
            return
        yield part
        behind = part.id
