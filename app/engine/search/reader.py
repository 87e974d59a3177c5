"""The index of one shop, from the side that reads it: opened once, and again when the worker committed."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from tantivy import Index, Schema, Searcher

from app.config import Settings
from app.engine.search.schema import folder, taught
from app.engine.store.cache import Known


@dataclass(frozen=True)
class Opened:
    """An index as of a commit."""

    searcher: Searcher
    schema: Schema
    as_of: tuple[int, int]
    known: Known = field(default_factory=Known)  # what was found in it


_opened: dict[tuple[Path, int], Opened] = {}
_metas: dict[tuple[Path, int], str] = {}  # making a path takes longer than looking at the file


def opened(settings: Settings, shop: int) -> Opened | None:
    """Open the index of a shop; there is none before the worker has seen the first product."""
    key = settings.var, shop
    try:
        meta = _metas.get(key) or _metas.setdefault(key, str(folder(settings, shop) / "meta.json"))
        committed = os.stat(meta)  # noqa: PTH116  # as above; every commit puts another file in its place
        as_of = committed.st_ino, committed.st_mtime_ns
        known = _opened.get(key)
        if known is None or known.as_of != as_of:
            index = taught(Index.open(str(folder(settings, shop))))
            known = _opened[key] = Opened(index.searcher(), index.schema, as_of)
    except (OSError, ValueError):
        return None
    return known
