"""Checking a file: block by block, then what can only be told of the whole. Nothing is sent by it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.pages.catalogue import files, trees
from app.pages.catalogue.blocks import Block, read_block, samples_of
from app.pages.catalogue.kinds import BESIDES, HEAVIEST, KINDS
from app.rees46.categories import LARGEST_DEPTH, Tree
from app.store import brought_files, catalogue_sent
from app.store import catalogue_imports as store
from app.store.catalogue_imports import CatalogueImport, CataloguePart
from app.web.context import desk
from app.web.rees46 import ask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy.orm import Session

    from app.rees46.categories import Node

BLOCK = 1024 * 1024  # bytes that are written in one transaction
MISSING = 50  # names of what is not there that are remembered
WHOLE = 0  # the number of the part that holds all blocks


def check(batch: CatalogueImport) -> None:
    """Check the rows that follow; after the last of them look at the whole."""
    if batch.known is None and batch.kind in {"categories", "products"}:
        _learn_tree(batch)
        return
    block = read_block(batch)
    file_id = files.keep(batch.shop_id, batch.source, _joined(block)).id if block.elements else None
    if not _keep(batch, block, file_id):
        files.let_go(file_id)
        return
    if block.is_last:
        _finish(batch)


def _learn_tree(batch: CatalogueImport) -> None:
    """Remember which categories REES46 has, once for the whole file."""
    tree = ask(Tree(depth=LARGEST_DEPTH))
    pairs = [(node.external_id, node.name) for node in _flat(tree)]
    with desk().writing() as db:
        db.get_one(CatalogueImport, batch.id).known = store.packed(pairs)


def _flat(nodes: Iterable[Node]) -> Iterator[Node]:
    waiting = list(nodes)
    while waiting:
        node = waiting.pop()
        waiting += node.children
        yield node


def _joined(block: Block) -> Iterator[bytes]:
    """Write the elements with commas between them, some at a time."""
    some = bytearray()
    for number, (_element, text) in enumerate(block.elements):
        some += (b"," if number else b"") + text
        if len(some) >= BLOCK:
            yield bytes(some)
            some.clear()
    yield bytes(some)


def _keep(batch: CatalogueImport, block: Block, file_id: int | None) -> bool:
    """Keep what was found; False when another worker was here meanwhile, or somebody gave it up."""
    with desk().writing() as db:
        here = db.get_one(CatalogueImport, batch.id, with_for_update=True)
        if here.state != "checking" or (here.read_rows, here.parts) != (batch.read_rows, batch.parts):
            return False
        if not block.rows:  # the file ended with the block before
            return True
        here.read_rows, here.parts = here.read_rows + block.rows, here.parts + 1
        here.counts = _added(here.counts, block.counts)
        db.add(
            CataloguePart(
                shop_id=here.shop_id,
                import_id=here.id,
                number=here.parts,
                items=len(block.elements),
                size=block.size,
                file_id=file_id,
                keys=store.packed([(element.row, element.id) for element, _text in block.elements]),
                problems=[[element.row, element.id, element.faults] for element in block.faulty],
                sample=samples_of(block),
                out=[element.id for element, _text in block.elements if element.item.get("available") is False],
            )
        )
        batch.read_rows, batch.parts, batch.counts = here.read_rows, here.parts, here.counts
    return True


def _added(before: dict[str, Any], more: Mapping[str, int]) -> dict[str, Any]:
    """Add counts up; of what is not there only so many names are remembered."""
    counts = dict(before)
    named = sum(name.startswith(("category ", "location ")) for name in counts)
    for name, number in more.items():
        if name.startswith(("category ", "location ")) and name not in counts:
            if named >= MISSING:
                continue
            named += 1
        counts[name] = counts.get(name, 0) + number
    return counts


def _finish(batch: CatalogueImport) -> None:
    """Look at the whole; what is one call becomes one part."""
    notes = trees.look(batch) if batch.kind in {"categories", "locations"} else {}
    with desk().reading() as db:
        effect = _effect(db, batch)
    whole = _joined_parts(batch) if KINDS[batch.kind].is_single and batch.parts else None
    with desk().writing() as db:
        here = db.get_one(CatalogueImport, batch.id, with_for_update=True)
        if here.state != "checking":
            return
        _note(db, here, notes)
        if whole:
            _put_together(db, here, whole.id, whole.size)
        heavy = int(bool(whole and whole.size > HEAVIEST - BESIDES))
        here.counts = here.counts | {"lost": len(effect), "too heavy": heavy}
        here.effect, here.state, here.known = store.packed(effect), "checked", None
        for part in db.scalars(store.parts_of(here.id).where(CataloguePart.items == 0, CataloguePart.number != WHOLE)):
            part.state = "sent"  # there is nothing to send of it


def _effect(db: Session, batch: CatalogueImport) -> list[tuple[str, str]]:
    """What is lost by it: categories that disappear, products that go out of stock."""
    if batch.kind not in {"categories", "stock"}:
        return []
    named = {item for part in store.each_part(db, batch.id) for _row, item in store.keys_of(part)}
    if batch.kind == "categories":
        return [(item, name) for item, name in store.names_in(batch.known) if item not in named]
    return [(item, "") for item in catalogue_sent.in_stock(db, batch.shop_id) if item not in named]


def _note(db: Session, batch: CatalogueImport, notes: dict[int, list[list[Any]]]) -> None:
    """Add to the rows what was told of them by the whole."""
    if not notes:
        return
    for part in db.scalars(store.parts_of(batch.id)):
        faults = {row: (item, said) for row, item, said in part.problems}
        mine = [(row, item) for row, item in store.keys_of(part) if row in notes]
        for row, item in mine:
            faults[row] = (item, [*(faults[row][1] if row in faults else []), *notes[row]])
        part.problems = [[row, item, said] for row, (item, said) in sorted(faults.items())]
    for said in notes.values():
        batch.counts = _added(batch.counts, {f"fault {fault[0]}": 1 for fault in said})


def _joined_parts(batch: CatalogueImport) -> brought_files.BroughtFile:
    """Write the lists of all blocks into one file."""
    with desk().reading() as db:
        parts = [part.file_id for part in db.scalars(store.parts_of(batch.id)) if part.file_id]
    return files.keep(batch.shop_id, batch.source, _contents(batch.shop_id, parts))


def _contents(shop_id: int, parts: list[int]) -> Iterator[bytes]:
    for number, file_id in enumerate(parts):
        if number:
            yield b","
        file = files.opened(shop_id, file_id)
        while block := file.read(BLOCK):
            yield block


def _put_together(db: Session, batch: CatalogueImport, file_id: int, size: int) -> None:
    parts = list(db.scalars(select(CataloguePart).where(CataloguePart.import_id == batch.id)))
    keys = [pair for part in parts for pair in store.keys_of(part)]
    whole = CataloguePart(
        shop_id=batch.shop_id,
        import_id=batch.id,
        number=WHOLE,
        items=len(keys),
        size=size,
        file_id=file_id,
        keys=store.packed(keys),
        problems=[problem for part in parts for problem in part.problems],
        sample=[
            one for part in {parts[0].number: parts[0], parts[-1].number: parts[-1]}.values() for one in part.sample
        ],
    )
    store.let_go_of_parts(db, batch.id)
    db.add(whole)
    batch.parts = 1
