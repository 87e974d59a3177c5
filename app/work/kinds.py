"""Kinds of long work. A page registers what it can do, beside its views.

    @kind("links.batch", label=_l("Short links"), page="links.batch", needs=MARKETERS)
    def make_some(work: Work) -> Progress: …

Each call does one part: it writes down what it is about to do (an act), does it, and says how far the whole is. It is
called again until it says `is_over`; it finds by its ledger what is left, so it may be called again after any death.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString
    from sqlalchemy.orm import Session

    from app.store.people import Role
    from app.store.works import Work


@dataclass(frozen=True)
class Progress:
    """How far work is, in units that people know (rows, links, codes), as its ledger says."""

    done: int
    total: int
    left_out: int = 0
    is_over: bool = False
    pause: float = 0  # seconds before the next part, for which other work has its turn


Part = Callable[["Work"], Progress]
TakenBack = Callable[["Session", "Work"], None]


@dataclass(frozen=True)
class Kind:
    """What a kind of work is called, on which page its batch stands (by `key`), and who may have it done."""

    label: LazyString
    page: str
    needs: frozenset[Role]
    is_repeatable: bool
    part: Part
    param: str = "key"  # of its page, which says which batch
    ends_on_page: bool = False  # the page of its batch has a way to end it
    is_message: bool = False  # customers get something by it
    is_single: bool = False  # it has one part, whose act is that of the work
    taken_back: TakenBack | None = None  # leads its batch back to before it was begun, as it is undone


KINDS: dict[str, Kind] = {}


def place_of(work: Work) -> dict[str, str]:
    """Say which batch the page of its kind shows."""
    return {KINDS[work.kind].param: work.subject}


def undone(db: Session, work: Work) -> None:
    """Lead the batch of work that was taken back to before it was begun."""
    taken_back = KINDS[work.kind].taken_back
    if taken_back:
        taken_back(db, work)


def kind(
    name: str, *, label: LazyString, page: str, needs: frozenset[Role], is_repeatable: bool, **more: Any
) -> Callable[[Part], Part]:
    """Register what does the parts of a kind of work; `more` are further fields of Kind.

    A part of which nobody knows whether it was done is sent again only where that `is_repeatable`; else a person looks.
    """

    def register(part: Part) -> Part:
        KINDS[name] = Kind(label, page, needs, is_repeatable, part, **more)
        return part

    return register
