"""A run beside the one before it: what got better or worse, and which answers changed."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.store.benches import BenchCase, BenchResult


@dataclass(frozen=True)
class Line:
    """A case with its result, and the one before."""

    case: BenchCase
    result: BenchResult | None
    last: BenchResult | None

    @property
    def turn(self) -> str:
        """How it went otherwise than before: better, worse, or nothing."""
        if not self.result or not self.last or self.result.state == self.last.state:
            return ""
        return "better" if self.result.state == "right" else "worse" if self.last.state == "right" else ""

    @property
    def place(self) -> int | None:
        """The place of the product that is expected."""
        wanted = self.case.expected.get("item_id")
        items = self.result.items if self.result else []
        return items.index(wanted) + 1 if wanted in items else None

    @property
    def kept(self) -> int:
        """How many products of the run before are there again."""
        return len(set(self.result.items) & set(self.last.items)) if self.result and self.last else 0

    @property
    def added(self) -> list[str]:
        return self._only(self.result, self.last)

    @property
    def missing(self) -> list[str]:
        return self._only(self.last, self.result)

    @property
    def moved(self) -> int:
        """How many products stand in another place than before."""
        if not self.result or not self.last:
            return 0
        before = {item: place for place, item in enumerate(self.last.items)}
        return sum(before.get(item, place) != place for place, item in enumerate(self.result.items))

    def _only(self, these: BenchResult | None, those: BenchResult | None) -> list[str]:
        if not self.result or not self.last or these is None or those is None:
            return []
        return [item for item in these.items if item not in those.items]


def lines(
    cases: Iterable[BenchCase], results: Mapping[int, BenchResult], last: Mapping[int, BenchResult]
) -> list[Line]:
    """Put each case beside its results; what is wrong comes first."""
    order = {"wrong": 0, "lost": 1, "right": 2}
    found = [Line(case, results.get(case.id), last.get(case.id)) for case in cases]
    return sorted(found, key=lambda line: order[line.result.state] if line.result else 3)


@dataclass(frozen=True)
class Pace:
    """How long answers took: half of them no longer than `p50`, all but one in twenty than `p95`."""

    p50: float
    p95: float


def pace(results: Sequence[BenchResult]) -> Pace | None:
    """Tell how quick the answers were; None where there are fewer than two."""
    took = [result.milliseconds for result in results if result.state != "lost"]
    if len(took) < 2:
        return None
    cuts = quantiles(took, n=20, method="inclusive")
    return Pace(cuts[9], cuts[18])
