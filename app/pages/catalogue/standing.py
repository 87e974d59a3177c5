"""How an import stands: what has to be typed before it runs, what it waits for, and how its parts ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import TYPE_CHECKING, Any

from app.config import CATALOGUE
from app.pages.catalogue.kinds import KINDS
from app.pages.catalogue.webhooks import WAITS
from app.store import catalogue_imports as store
from app.store import catalogue_sent
from app.store.base import now
from app.store.catalogue_imports import CataloguePart
from app.web.context import desk, settings

if TYPE_CHECKING:
    from app.store.catalogue_imports import CatalogueImport

LOOKED_AT = 1000  # parts
UNTOLD_WAITS = timedelta(minutes=2)  # where nobody can tell: REES46 is usually through within a minute


@dataclass(frozen=True)
class Missing:
    """A category or location that products name and that is not there."""

    code: str
    name: str
    rows: int


def wanted_number(batch: CatalogueImport) -> int | None:
    """Say which number has to be typed before it runs; None where nothing is lost by it."""
    if batch.kind == "removal":
        return batch.count("good")
    if batch.kind == "stock":
        return batch.count("lost") if is_measured(batch) else batch.count("good")
    return (batch.count("lost") or None) if batch.kind == "categories" else None


def is_measured(batch: CatalogueImport) -> bool:
    """Whether the desk ever sent what is in stock, so that it can say what goes out."""
    with desk().reading() as db:
        return catalogue_sent.has_sent_stock(db, batch.shop_id)


def missing_of(batch: CatalogueImport) -> list[Missing]:
    """List what products name and is not there, the most frequent first."""
    found = [
        Missing(name.partition(" ")[0], name.partition(" ")[2], rows)
        for name, rows in batch.counts.items()
        if name.startswith(("category ", "location "))
    ]
    return sorted(found, key=lambda one: (-one.rows, one.name))


def faults_of(batch: CatalogueImport) -> list[tuple[str, int]]:
    """Count rows by what is wrong with them."""
    found = [(name.removeprefix("fault "), rows) for name, rows in batch.counts.items() if name.startswith("fault ")]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def waits_for(batch: CatalogueImport) -> list[CatalogueImport]:
    """List imports that REES46 has to be through with before this one: nothing was told of them, and not long ago."""
    with desk().reading() as db:
        return [one for one in store.in_front(db, batch.shop_id, KINDS[batch.kind].behind) if is_open(db, one)]


def is_open(db: Any, batch: CatalogueImport) -> bool:
    """Whether REES46 may still be at it."""
    if batch.state == "running":
        return True
    parts = db.scalars(store.parts_of(batch.id).limit(LOOKED_AT))
    waits = WAITS if batch.hook else UNTOLD_WAITS
    return any(part.state == "sent" and part.items and _is_awaited(part, waits) for part in parts)


def _is_awaited(part: CataloguePart, waits: timedelta) -> bool:
    return part.told is None and part.sent is not None and part.sent + waits > now()


def outcome_of(part: CataloguePart) -> str:
    """Say how far a part is: success and error as told, silent when nothing came for ten minutes."""
    if part.told:
        return part.told
    if part.state != "sent":
        return part.state
    return "silent" if part.sent is None or part.sent + WAITS <= now() else "accepted"


def outcomes_of(batch: CatalogueImport) -> tuple[Counter[str], list[CataloguePart]]:
    """Count parts by how far they are, and give those that somebody has to look at."""
    counts: Counter[str] = Counter()
    to_see: list[CataloguePart] = []
    with desk().reading() as db:
        for part in db.scalars(store.parts_of(batch.id)):
            if not part.items:
                continue
            outcome = outcome_of(part)
            counts[outcome] += 1
            if outcome in {"error", "unknown"}:
                to_see.append(part)
    return counts, to_see


def minutes_for(parts: int) -> int:
    """Say how long sending takes at the number of calls a minute that is allowed."""
    a_minute = settings().call_rates.get(CATALOGUE, 0)
    return ceil(parts / a_minute) if a_minute else 0
