"""What a bench measures: ours against the bare equivalent, in turns, so that a noisy machine is noisy for both."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

WARM_UP = 3
SECONDS = 10  # for one figure; what is slow is measured less often


@dataclass(frozen=True)
class Figure:
    """A ratio of two times that were measured in the same run; `at_most` is what we hold ourselves to."""

    what: str
    ours: float
    bare: float
    at_most: float
    against: str

    @property
    def ratio(self) -> float:
        return self.ours / self.bare

    @property
    def is_kept(self) -> bool:
        return self.ratio <= self.at_most


def in_turns(ours: Callable[[], object], bare: Callable[[], object], rounds: int = 60) -> tuple[float, float]:
    """Time both, one after the other, over and over; give the medians in seconds."""
    deadline = time.perf_counter() + SECONDS
    for _ in range(WARM_UP):
        ours()
        bare()
    times = [(_timed(ours), _timed(bare))]
    while len(times) < rounds and time.perf_counter() < deadline:
        times.append((_timed(ours), _timed(bare)))
    return statistics.median(mine for mine, _ in times), statistics.median(plain for _, plain in times)


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
