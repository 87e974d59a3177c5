"""Trees of categories and locations: whose parent is not there, and who stands below themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from app.pages.catalogue import files
from app.store import catalogue_imports as store
from app.store import catalogue_sent
from app.web.context import desk

if TYPE_CHECKING:
    from app.store.catalogue_imports import CatalogueImport


class Placed(msgspec.Struct):
    """Where an element stands in its tree."""

    id: str | int
    parent: str | int | None = None


def look(batch: CatalogueImport) -> dict[int, list[list[Any]]]:
    """Give what is wrong with rows by the whole of the tree."""
    rows, parents = _read(batch)
    known = _known(batch, {parent for parent in parents.values() if parent and parent not in parents})
    found: dict[int, list[list[Any]]] = {}
    for item, parent in parents.items():
        if parent and parent not in parents and parent not in known:
            found[rows[item]] = [["parent", "parent", parent]]
    for item in _in_circles(parents):
        found.setdefault(rows[item], []).append(["circle", "parent", parents[item]])
    return found


def _read(batch: CatalogueImport) -> tuple[dict[str, int], dict[str, str | None]]:
    rows: dict[str, int] = {}
    parents: dict[str, str | None] = {}
    with desk().reading() as db:
        parts = [(part.file_id, store.keys_of(part)) for part in store.each_part(db, batch.id) if part.file_id]
    for file_id, keys in parts:
        rows |= {item: row for row, item in keys}
        content = b"[" + files.content_of(batch.shop_id, file_id) + b"]"
        for one in msgspec.json.decode(content, type=list[Placed]):
            parents[str(one.id)] = None if one.parent in (None, "") else str(one.parent)
    return rows, parents


def _known(batch: CatalogueImport, wanted: set[str]) -> set[str]:
    """Of parents that the file does not name, those that are there: no category is, for the tree is replaced."""
    if batch.kind != "locations" or not wanted:
        return set()
    with desk().reading() as db:
        return catalogue_sent.known_locations(db, batch.shop_id, wanted)


def _in_circles(parents: dict[str, str | None]) -> set[str]:
    """Give those from whom the way up never ends."""
    ends: dict[str, bool] = {}
    for item in parents:
        way: list[str] = []
        here: str | None = item
        on_way: set[str] = set()
        while here in parents and here not in ends and here not in on_way:
            way.append(here)
            on_way.add(here)
            here = parents[here]
        is_ending = here not in on_way and ends.get(here or "", True)
        ends |= dict.fromkeys(way, is_ending)
    return {item for item, is_ending in ends.items() if not is_ending}
