"""One block of a file after the other: its rows are read, checked and written as they will be sent.

A process remembers where in a file it is. One that does not (it was started anew, or another one was at it) reads from
the beginning up to there; nothing else has to be kept for that.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TYPE_CHECKING

import msgspec

from app.pages.catalogue import files
from app.pages.catalogue.elements import element_of, listed
from app.pages.catalogue.formats import rows_of
from app.pages.catalogue.kinds import BESIDES, HEAVIEST, MOST
from app.store import catalogue_imports as store
from app.store import catalogue_sent
from app.web.context import desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.pages.catalogue.elements import Element
    from app.pages.catalogue.formats import Row
    from app.store.catalogue_imports import CatalogueImport

ROOM = HEAVIEST - BESIDES  # bytes of a list
SAMPLED = 3  # elements of a block that are read back later
_places: dict[int, tuple[tuple[object, ...], Iterator[Row]]] = {}  # by import: what is behind, and the rows that follow


@dataclass
class Block:
    """What was found in a block; `elements` are those that are sent, each with its text."""

    rows: int = 0
    elements: list[tuple[Element, bytes]] = field(default_factory=list)
    faulty: list[Element] = field(default_factory=list)
    size: int = 0
    is_last: bool = False
    counts: Counter[str] = field(default_factory=Counter)


def read_block(batch: CatalogueImport) -> Block:
    """Read and check the rows that follow on those behind us."""
    block, rows = Block(), _rows_behind(batch)
    ids: dict[str, int] = {}
    for row in rows:
        element = element_of(batch.kind, row, batch.columns)
        text = b"" if element.is_left else msgspec.json.encode(listed(batch.kind, element.item))
        if len(text) > ROOM:
            element.leave("wrong", "")
        if block.size + len(text) + 1 > ROOM and block.elements:
            rows = chain([row], rows)
            break
        block.rows += 1
        _take(batch, block, element, text, ids)
        if block.rows >= MOST:
            break
    else:
        block.is_last = True
    _leave_repeats(batch, block, ids)
    _look_for_dangling(batch, block)
    _count(block)
    if not block.is_last:
        _places.clear()  # of one import at a time, whose file is small beside what others may be
        _places[batch.id] = (_place(batch, block.rows), rows)
    return block


def _place(batch: CatalogueImport, rows: int = 0) -> tuple[object, ...]:
    return batch.file_id, batch.read_rows + rows, str(batch.reading), str(batch.columns)


def _rows_behind(batch: CatalogueImport) -> Iterator[Row]:
    place, rows = _places.pop(batch.id, (None, iter(())))
    if place == _place(batch):
        return rows
    return islice(rows_of(batch, files.opened(batch.shop_id, batch.file_id)), batch.read_rows, None)


def _take(batch: CatalogueImport, block: Block, element: Element, text: bytes, ids: dict[str, int]) -> None:
    if not element.is_left and batch.kind == "stock" and element.item.get("available") is False:
        element.leave("unavailable", "")
    if not element.is_left and (first := ids.setdefault(element.id, element.row)) != element.row:
        element.leave("twice", "id", first)
    if element.is_left:
        block.faulty.append(element)
        return
    if element.faults:
        block.faulty.append(element)
    block.elements.append((element, text))
    block.size += len(text) + 1


def _leave_repeats(batch: CatalogueImport, block: Block, ids: dict[str, int]) -> None:
    """Leave out what an earlier block sends already."""
    again: dict[str, int] = {}
    with desk().reading() as db:
        for part in store.each_part(db, batch.id):
            again |= {item: row for row, item in store.keys_of(part) if item in ids}
    if not again:
        return
    for element, _text in block.elements:
        if element.id in again:
            if not element.faults:
                block.faulty.append(element)
            element.leave("twice", "id", again[element.id])
    block.elements = [(element, text) for element, text in block.elements if not element.is_left]
    block.size = sum(len(text) + 1 for _element, text in block.elements)


def _look_for_dangling(batch: CatalogueImport, block: Block) -> None:
    """Tell categories that REES46 does not have, and locations that the desk never sent."""
    if batch.kind != "products":
        return
    categories = {item for item, _name in store.names_in(batch.known)}
    named = {place: None for element, _text in block.elements for place in _places_of(element)}
    with desk().reading() as db:
        locations = catalogue_sent.known_locations(db, batch.shop_id, list(named)) if named else set()
    for element, _text in block.elements:
        had = bool(element.faults)
        missing = [str(one) for one in _several(element.item.get("categories")) if str(one) not in categories]
        for code, of, lost in (
            ("category", "categories", missing),
            ("location", "locations", [place for place in _places_of(element) if place not in locations]),
        ):
            if lost:
                element.note(code, of, ", ".join(lost)[:200])
                block.counts.update(f"{code} {one}" for one in lost)
        if element.faults and not had:
            block.faulty.append(element)


def _places_of(element: Element) -> list[str]:
    places = _several(element.item.get("locations"))
    return [str(place["location"])[:255] for place in places if isinstance(place, dict) and place.get("location")]


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _count(block: Block) -> None:
    block.faulty.sort(key=lambda element: element.row)
    block.counts["rows"] = block.rows
    block.counts["good"] = len(block.elements)
    block.counts["left"] = sum(element.is_left for element in block.faulty)
    for element in block.faulty:
        block.counts.update({f"fault {fault[0]}" for fault in element.faults})


def samples_of(block: Block) -> list[object]:
    """Give a few elements to be read back, spread over the block."""
    step = max(1, len(block.elements) // SAMPLED)
    return [element.item for element, _text in block.elements[::step][:SAMPLED]]
