"""The index of one shop, from the side that reads it: opened once, and again when the worker committed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tantivy import Index, Schema, Searcher

from app.config import Settings
from app.engine.search.schema import folder, taught


@dataclass(frozen=True)
class Opened:
    """An index as of a commit."""

    searcher: Searcher
    schema: Schema


_opened: dict[Path, tuple[tuple[int, int], Opened]] = {}


def opened(settings: Settings, shop: int) -> Opened | None:
    """Open the index of a shop; there is none before the worker has seen the first product."""
    path = folder(settings, shop)
    try:
        committed = (path / "meta.json").stat()  # every commit puts another file in its place
        as_of = committed.st_ino, committed.st_mtime_ns
        known = _opened.get(path)
        if known is None or known[0] != as_of:
            index = taught(Index.open(str(path)))
            known = _opened[path] = as_of, Opened(index.searcher(), index.schema)
    except (OSError, ValueError):
        return None
    return known[1]
