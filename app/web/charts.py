"""Geometry of charts: numbers in, round ticks and SVG paths out; the markup is in templates/components/chart.html."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Flask

WIDTH, HEIGHT = 1000, 100
STEPS = 4


def init_app(app: Flask) -> None:
    app.jinja_env.filters["scale"] = scale
    app.jinja_env.filters["spread"] = spread


@dataclass(frozen=True)
class Scale:
    """From which round number to which a chart reaches; places values in a box of WIDTH x HEIGHT."""

    low: float
    high: float
    ticks: list[float]

    def path(self, values: Sequence[float | None]) -> str:
        """Return the line through the values; None leaves a gap, and a value between gaps is a dot."""
        parts = []
        for known, run in groupby(self._points(values), key=lambda point: point[1] is not None):
            if known:
                points = [f"{x:g} {y:g}" for x, y in run]
                parts.append("M" + "L".join(points) + ("h0" if len(points) == 1 else ""))
        return "".join(parts)

    def bar(self, value: float | None, number: int, of: int) -> str:
        """Return the bar of a value that has no line, for it is of one day alone: the `number`th of several."""
        x = round(WIDTH * number / (of + 1), 2)
        return f"M{x:g} {self.y(0):g}V{self.y(value):g}" if value is not None else ""

    def area(self, values: Sequence[float | None]) -> str:
        """Return the surface between the line and zero; a gap stays empty."""
        parts, zero = [], f"{self.y(0):g}"
        for known, run in groupby(self._points(values), key=lambda point: point[1] is not None):
            if known and len(points := list(run)) > 1:
                line = "L".join(f"{x:g} {y:g}" for x, y in points)
                parts.append(f"M{points[0][0]:g} {zero}L{line}L{points[-1][0]:g} {zero}Z")
        return "".join(parts)

    def y(self, value: float) -> float:
        return round(HEIGHT - (value - self.low) / (self.high - self.low) * HEIGHT, 2)

    def _points(self, values: Sequence[float | None]) -> list[tuple[float, float | None]]:
        step = WIDTH / max(len(values) - 1, 1)
        return [(round(i * step, 2), None if value is None else self.y(value)) for i, value in enumerate(values)]


def scale(values: Iterable[float | None], steps: int = STEPS, *, from_zero: bool = True) -> Scale:
    """Find round ticks, evenly spaced, that take in every value, and zero where amounts are compared."""
    known = [value for value in values if value is not None]
    ends = [0, *known] if from_zero else known or [0]
    low, high = min(ends), max(ends)
    step = _round_up((high - low or 1) / steps, whole=all(float(value).is_integer() for value in known))
    first, last = math.floor(low / step), max(math.ceil(high / step), math.floor(low / step) + 1)
    ticks = [round(n * step, 10) for n in range(first, last + 1)]
    return Scale(ticks[0], ticks[-1], ticks)


def spread(items: Sequence[str]) -> list[str]:
    """Pick the labels for the foot of a chart: first and last, and where there is one that of the very middle.

    More would run into each other on a phone, and one that is not in the middle would stand beside its day.
    """
    if len(items) < 3:  # all of them
        return list(items)
    middle, is_between = divmod(len(items) - 1, 2)
    return [items[0], items[-1]] if is_between else [items[0], items[middle], items[-1]]


def _round_up(step: float, *, whole: bool) -> float:
    size: float = 10 ** math.floor(math.log10(step))
    found: float = next(nice * size for nice in (1, 2, 2.5, 5, 10) if nice * size >= step)
    return max(1.0, math.ceil(found)) if whole else found
