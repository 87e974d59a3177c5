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
        """Return the line through the values; None leaves a gap."""
        parts = []
        for known, run in groupby(self._points(values), key=lambda point: point[1] is not None):
            if known:
                parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in run))
        return "".join(parts)

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


def spread(items: Sequence[str], most: int = 6) -> list[str]:
    """Pick labels at equal distances, the first and the last among them, for the foot of a chart."""
    if len(items) <= most:
        return list(items)
    gaps = next((n for n in range(most - 1, 2, -1) if (len(items) - 1) % n == 0), most - 1)
    return [items[round(i * (len(items) - 1) / gaps)] for i in range(gaps + 1)]


def _round_up(step: float, *, whole: bool) -> float:
    size: float = 10 ** math.floor(math.log10(step))
    found: float = next(nice * size for nice in (1, 2, 2.5, 5, 10) if nice * size >= step)
    return max(1.0, math.ceil(found)) if whole else found
