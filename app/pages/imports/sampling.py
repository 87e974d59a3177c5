"""Looking at a few customers of an import in REES46: accepted is not done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.pages.imports.changes import Change, changes_of, is_told
from app.pages.imports.fields import IDENTIFIERS
from app.pages.imports.known import find
from app.rees46 import segments, subscriptions
from app.rees46.identity import Identity
from app.store import imports
from app.store.imports import SUPPRESSED
from app.web.context import desk
from app.web.rees46 import ask

if TYPE_CHECKING:
    from pydantic import JsonValue

    from app.rees46.crm import Found
    from app.store.imports import Batch

MOST = 5


@dataclass(frozen=True)
class Looked:
    """One customer of the sample. `is_in`: None when there was nothing to ask.

    Of the fields that were sent `same` are as sent, `other` are not, `untold` REES46 does not tell here.
    """

    identifier: str
    is_known: bool
    is_in: bool | None
    same: int = 0
    other: list[Change] = field(default_factory=list)
    untold: int = 0


def look(batch: Batch) -> list[Looked]:
    """Read a sample: whether REES46 knows them as they were sent, and has them in the segment, or suppressed."""
    with desk().reading() as db:
        some = imports.sample(db, batch.id, MOST)
    wanted: dict[str, list[str]] = {}
    for kind, value, said in some:
        for name in {kind, *said} & set(IDENTIFIERS):
            wanted.setdefault(name, []).append(str(said.get(name, value)))
    owners = find(wanted)
    return [_looked(batch, kind, value, said, owners) for kind, value, said in some]


def _looked(
    batch: Batch, kind: str, value: str, said: dict[str, JsonValue], owners: dict[tuple[str, str], Found]
) -> Looked:
    owner = owners.get((kind, value))
    is_in = _is_in(batch, kind, value, owner)
    if owner is None or batch.kind == SUPPRESSED:
        return Looked(value, owner is not None, is_in)
    theirs = {name for name in IDENTIFIERS if owners.get((name, str(said.get(name, "")))) == owner}
    told = {name: wanted for name, wanted in said.items() if is_told(owner, name)}
    other = changes_of(told, owner, theirs)
    return Looked(value, True, is_in, len(told) - len(other), other, len(said) - len(told))  # is_known


def _is_in(batch: Batch, kind: str, value: str, owner: Found | None) -> bool | None:
    if batch.kind == SUPPRESSED:
        return ask(subscriptions.Check(email=value)).email_suppressed
    if not batch.segment_id:
        return None
    known = {kind: value} if kind in Identity.identifiers else {}
    if owner and not known:
        known = {name: said for name in ("email", "phone") if (said := getattr(owner, name))}
    if not known:
        return None
    return any(str(one.id) == batch.segment_id for one in ask(segments.Get(**known)))
