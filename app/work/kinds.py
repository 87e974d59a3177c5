"""Kinds of long work. A page registers what it can do, beside its views.

    @kind("links.batch", label=_l("Short links"), page="links.batch", needs=MARKETERS)
    def make_some(work: Work) -> Progress: …

Each call does one part: it writes down what it is about to do (an act), does it, and says how far the whole is. It is
called again until it says `is_over`; it finds by its ledger what is left, so it may be called again after any death.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

    from app.store.people import Role
    from app.store.works import Work


@dataclass(frozen=True)
class Progress:
    """How far work is, in units that people know (rows, links, codes), as its ledger says."""

    done: int
    total: int
    left_out: int = 0
    is_over: bool = False


Part = Callable[["Work"], Progress]


@dataclass(frozen=True)
class Kind:
    """What a kind of work is called, on which page its batch stands (by `key`), and who may have it done."""

    label: LazyString
    page: str
    needs: frozenset[Role]
    is_repeatable: bool
    part: Part
    ends_on_page: bool = False  # the page of its batch has a way to end it


KINDS: dict[str, Kind] = {}


def kind(
    name: str, *, label: LazyString, page: str, needs: frozenset[Role], is_repeatable: bool, ends_on_page: bool = False
) -> Callable[[Part], Part]:
    """Register what does the parts of a kind of work.

    A part of which nobody knows whether it was done is sent again only where that `is_repeatable`; else a person looks.
    """

    def register(part: Part) -> Part:
        KINDS[name] = Kind(label, page, needs, is_repeatable, part, ends_on_page)
        return part

    return register
