"""Searches beside each other: what moved, what is missing, what is only on one side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.pages.benches.asking import Answer, Who, timed
from app.rees46.search import Search
from app.web.catalogue import row_of

if TYPE_CHECKING:
    from app.rees46.search_results import Found

SHOWN = 10  # products of a side
ASKED = 20  # products that expectations are checked against


@dataclass(frozen=True)
class Side:
    """One side of the comparison."""

    kind: str  # instant or full
    who: Who
    answer: Answer
    marks: dict[str, int | None] = field(
        default_factory=dict
    )  # by product: by how many places it stands higher; None: only here


def search(words: str, kind: str, who: Who, narrowed: dict[str, Any] | None = None, limit: int = ASKED) -> Answer:
    """Search as somebody does."""
    asked: dict[str, Any] = {"type": f"{kind}_search", "search_query": words, "limit": limit, "extended": True}
    return timed(lambda: Search(**asked, **who.identity(Search), **(narrowed or {})), who, _rows)


def _rows(found: Found) -> tuple[list[dict[str, Any]], int]:
    return [_row(product) for product in found.products], found.products_total


def _row(product: Any) -> dict[str, Any]:
    names = [category.name for category in getattr(product, "categories", None) or () if category.name]
    return row_of(product) | {"categories": names}


def marked(left: Side, right: Side) -> tuple[Side, Side]:
    """Mark what each side has otherwise than the other."""
    return _against(left, right), _against(right, left)


def _against(side: Side, other: Side) -> Side:
    theirs = {item: place for place, item in enumerate(other.answer.items)}
    marks: dict[str, int | None] = {}
    for place, item in enumerate(side.answer.items):
        if item not in theirs:
            marks[item] = None
        elif theirs[item] != place:
            marks[item] = theirs[item] - place
    return Side(side.kind, side.who, side.answer, marks)
