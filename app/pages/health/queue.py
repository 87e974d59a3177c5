"""How many jobs wait, and how long, as Prometheus asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from app.store import works
from app.store.base import now
from app.web.context import desk

if TYPE_CHECKING:
    from collections.abc import Iterator


class Queue(Collector):
    """Reads the jobs of all shops that are not over, each time it is asked."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        jobs = GaugeMetricFamily("desk46_jobs", "Jobs that are not over", labels=["state"])
        age = GaugeMetricFamily("desk46_jobs_age_seconds", "Seconds since the oldest of them is due", labels=["state"])
        with desk().reading() as db:
            found = works.queue(db)
        for state in (*works.AT_WORK, *works.RESTING[:2]):
            number, due = found.get(state, (0, now()))
            jobs.add_metric([state], number)
            age.add_metric([state], max(0.0, (now() - due).total_seconds()))
        yield jobs
        yield age
