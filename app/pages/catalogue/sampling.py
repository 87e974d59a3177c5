"""Reading a few elements back: accepted is not done. What REES46 shows to nobody is said to be so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.pages.catalogue.targets import label_of
from app.rees46.categories import LARGEST_DEPTH, Tree
from app.store import catalogue_imports as store
from app.store.catalogue_imports import CataloguePart
from app.web.catalogue import read_product
from app.web.context import desk
from app.web.rees46 import ask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from app.rees46.categories import Node
    from app.store.catalogue_imports import CatalogueImport

MOST = 5
COMPARED = ("name", "price", "oldprice", "url", "brand", "description", "barcode", "group_id")


@dataclass(frozen=True)
class Looked:
    """An element as it is in REES46 now; `other` are [property, as sent, as it is]."""

    id: str
    name: str
    is_there: bool
    same: int = 0
    other: list[tuple[str, str, str]] = field(default_factory=list)


def look(batch: CatalogueImport) -> list[Looked]:
    """Read a sample, from the first and the last part that was sent."""
    some = _sample(batch)
    if batch.kind == "categories":
        tree = ask(Tree(depth=LARGEST_DEPTH))
        known = {node.external_id: node for node in _flat(tree)}
        return [_category(item, known) for item in some]
    return [_product(batch, item) for item in some]


def _sample(batch: CatalogueImport) -> list[dict[str, Any]]:
    with desk().reading() as db:
        sent = store.parts_of(batch.id).where(CataloguePart.state == "sent", CataloguePart.items > 0).order_by(None)
        parts = {
            part.number: part
            for order in (CataloguePart.number.asc(), CataloguePart.number.desc())
            for part in db.scalars(sent.order_by(order).limit(1))
        }
    found = [item for part in parts.values() for item in part.sample]
    return found[:: max(1, len(found) // MOST)][:MOST]


def _flat(nodes: Iterable[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _flat(node.children)


def _category(item: dict[str, Any], known: dict[str, Node]) -> Looked:
    node = known.get(str(item["id"]))
    if node is None:
        return Looked(str(item["id"]), str(item["name"]), is_there=False)
    pairs = [("name", item["name"], node.name), ("parent", item.get("parent"), node.parent_external_id)]
    return _compared("categories", str(item["id"]), node.name, pairs)


def _product(batch: CatalogueImport, item: dict[str, Any]) -> Looked:
    number = str(item["id"])
    product = read_product(number)
    if product is None:
        return Looked(number, str(item.get("name", "")), is_there=False)
    is_in = False if batch.kind == "removal" else item.get("available") is not False
    pairs: list[tuple[str, Any, Any]] = [("available", is_in, product.is_available)]
    if batch.kind == "products":
        pairs += [(name, item[name], getattr(product, name)) for name in COMPARED if name in item]
        categories = sorted(map(str, item["categories"]))
        pairs.append(("categories", ", ".join(categories), ", ".join(sorted(product.category_ids))))
    return _compared("products", number, product.name or "", pairs)


def _compared(kind: str, number: str, name: str, pairs: list[tuple[str, Any, Any]]) -> Looked:
    """Compare what was sent with what is told; what REES46 does not tell counts as nothing."""
    told = [(key, sent, now) for key, sent, now in pairs if now is not None or key == "parent"]
    other = [(str(label_of(kind, key)), _shown(sent), _shown(now)) for key, sent, now in told if not _same(sent, now)]
    return Looked(number, name, True, len(told) - len(other), other)  # is_there


def _same(sent: Any, now: Any) -> bool:
    if isinstance(sent, bool) or isinstance(now, bool):
        return bool(sent) == bool(now)
    if isinstance(now, int | float):
        return float(sent) == float(now)
    return str(sent or "") == str(now or "")


def _shown(value: Any) -> str:
    return "–" if value is None else str(value)[:120]
