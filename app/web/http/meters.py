"""Measurements for Prometheus, with prometheus-client: how often and how long, never about whom.

They are only taken where DESK46_METRICS_TOKEN is set. The processes of a host write them to files of one folder, which
`python -m app.run` makes, and whichever is asked adds them up.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from app.web.context import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prometheus_client import Counter, Histogram
    from prometheus_client.registry import Collector

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass(frozen=True)
class Meters:
    """What is measured."""

    requests: Histogram  # by page (its endpoint), method and status
    calls: Histogram  # by operation and outcome
    statements: Counter  # of the desk's database, by page
    waits: Histogram  # seconds until a request got its turn to write


def meters() -> Meters | None:
    """Give what is measured, if anybody wants it measured."""
    return _meters() if settings().metrics_token else None


@cache
def _meters() -> Meters:
    from prometheus_client import Counter, Histogram  # noqa: PLC0415  # few installations want it

    return Meters(
        requests=Histogram(
            "desk46_request_seconds", "Requests to the desk", ("page", "method", "status"), buckets=SECONDS
        ),
        calls=Histogram("desk46_call_seconds", "Calls to REES46", ("operation", "outcome"), buckets=SECONDS),
        statements=Counter("desk46_statements", "Statements of the desk's database", ("page",)),
        waits=Histogram("desk46_write_wait_seconds", "Waits for the turn to write", buckets=SECONDS),
    )


def written(more: Iterable[Collector]) -> tuple[bytes, str]:
    """Write all figures in Prometheus' format, those of the other processes and `more` too, and their media type."""
    from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest  # noqa: PLC0415
    from prometheus_client.multiprocess import MultiProcessCollector  # noqa: PLC0415

    _meters()
    everything = CollectorRegistry()
    if settings().measurements.is_dir():
        MultiProcessCollector(everything, str(settings().measurements))  # type: ignore[no-untyped-call]  # it brings no types here
    else:
        everything.register(REGISTRY)
    for collector in more:
        everything.register(collector)
    return generate_latest(everything), CONTENT_TYPE_LATEST
