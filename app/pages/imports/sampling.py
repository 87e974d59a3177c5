"""Looking at a few customers of an import in REES46: accepted is not done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.pages.imports.known import find
from app.rees46 import segments, subscriptions
from app.rees46.identity import Identity
from app.store import imports
from app.store.imports import SUPPRESSED
from app.web.context import desk
from app.web.rees46 import ask

if TYPE_CHECKING:
    from app.rees46.crm import Found
    from app.store.imports import Batch

MOST = 5


@dataclass(frozen=True)
class Looked:
    """One customer of the sample. `is_there` and `is_in`: None when there was nothing to ask."""

    identifier: str
    is_known: bool
    is_in: bool | None


def look(batch: Batch) -> list[Looked]:
    """Read a sample: whether REES46 knows them, and whether they are in the segment, or suppressed."""
    with desk().reading() as db:
        some = imports.sample(db, batch.id, MOST)
    wanted: dict[str, list[str]] = {}
    for kind, value in some:
        wanted.setdefault(kind, []).append(value)
    owners = find(wanted)
    return [Looked(value, (kind, value) in owners, _is_in(batch, kind, value, owners)) for kind, value in some]


def _is_in(batch: Batch, kind: str, value: str, owners: dict[tuple[str, str], Found]) -> bool | None:
    if batch.kind == SUPPRESSED:
        return ask(subscriptions.Check(email=value)).email_suppressed
    if not batch.segment_id:
        return None
    owner = owners.get((kind, value))
    known = {kind: value} if kind in Identity.identifiers else {}
    if owner and not known:
        known = {name: said for name in ("email", "phone") if (said := getattr(owner, name))}
    if not known:
        return None
    return any(str(one.id) == batch.segment_id for one in ask(segments.Get(**known)))
