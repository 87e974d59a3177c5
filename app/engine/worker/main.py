"""The box's worker, `python -m app.engine.worker`: does what was accepted, a part at a time, and the chores.

It brings the compute process along, a process of its own that computes the search index and what is recommended.

Any number of workers may run. What a part does and that it is done are one transaction: whoever is killed in the
middle has done nothing of it, and the next one does it.
"""

from __future__ import annotations

import gc
import importlib
import pkgutil
import signal
import subprocess
import threading
import time
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError

from app.config import Settings
from app.engine import tasks
from app.engine.jobs.registry import CHORES, Remark, Row
from app.engine.store.clock import open_box
from app.engine.store.db import Caller, Circumstances
from app.engine.store.jobs import DONE, GIVEN_UP, Job, JobPart, cross_off, next_parts, take, waits_for_a_host
from app.engine.store.pacing import Pacing
from app.engine.store.request_files import forget
from app.engine.store.shops import Shop
from app.engine.webhooks.sender import WebhookSender
from app.engine.worker.execute import checked, closed, done
from app.processes.child import command

MANY = 10_000  # rows of a job after which the database is another one
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 1.0  # seconds between two looks when there is nothing to do

ACCEPTED = Caller(has_secret=True)  # nothing is accepted without it

ELSEWHERE = "a job is left to the host with its file, which is not in our folder: the box is to run on one host"

log = structlog.get_logger("app.engine.worker.main")


class Worker:
    """Looks for work and does it."""

    def __init__(self, settings: Settings) -> None:
        for module in pkgutil.iter_modules(tasks.__path__):
            importlib.import_module(f"{tasks.__name__}.{module.name}")
        self.settings = settings
        self.database = open_box(settings)
        self.due = dict.fromkeys(CHORES, 0.0)
        self.last_shop = 0
        self.left_alone: set[int] = set()  # jobs of which it was told
        self.pacing = Pacing(self.database)

    def run(self, told_to_stop: threading.Event) -> None:
        """Work until told to stop."""
        sender = WebhookSender(self.settings, self.database)
        threading.Thread(target=sender.run, args=[told_to_stop], daemon=True).start()
        pause, idle = 0.0, SHORTEST_PAUSE
        while not told_to_stop.wait(pause):
            did = self._look()
            idle = SHORTEST_PAUSE if did else min(idle * 2, LONGEST_PAUSE)
            pause = 0.0 if did else idle

    def step(self) -> bool:
        """Do one part, or tell that there is nothing to do."""
        with self.database.reading() as db:
            parts = [
                (part, db.get_one(Shop, part.shop_id)) for part in next_parts(db) if self._is_for_us(part.job, db.now)
            ]
        parts.sort(key=lambda one: (one[1].id <= self.last_shop, one[1].id))  # in turns
        for part, shop in parts:
            good, unfit = checked(self.settings, part)
            if self._did(part, shop, good, unfit):
                self.last_shop = part.shop_id
                return True
        return False

    def _is_for_us(self, job: Job, at: datetime) -> bool:
        """Leave a job alone whose request file only another host can see, and those of its shop that come after it."""
        if not waits_for_a_host(self.settings, job, at):
            return True
        if job.id not in self.left_alone:
            self.left_alone.add(job.id)
            log.warning(
                ELSEWHERE, job=job.id, folder=str(self.settings.request_files), given_up=str(job.accepted + GIVEN_UP)
            )
        return False

    def do_chores(self) -> None:
        """Do the chores that are due."""
        for chore, due in self.due.items():
            if time.monotonic() >= due:
                self.due[chore] = time.monotonic() + CHORES[chore]
                with self.database.writing() as db:
                    db.info["settings"] = self.settings
                    chore(db)

    def _look(self) -> bool:
        try:
            self.do_chores()
            return self.step()
        except DBAPIError as error:  # busy or away for a moment; nothing was crossed off, so nothing is lost
            log.warning("the database refused", kind=type(error.orig).__name__)
            return False

    def _did(self, part: JobPart, shop: Shop, good: Sequence[Row[Any]], unfit: list[Remark]) -> bool:
        with self.pacing.held(), self.database.writing() as db:
            job = take(db, part)
            if job is None:
                return False
            db.at = Circumstances(shop, self.settings, ACCEPTED)
            found = done(db, job, good) if part.count else closed(db, job)
            if found is None:
                return True
            remarks = sorted(unfit + found, key=lambda remark: remark.place or 0)
            said = [(remark.place, remark.words) for remark in remarks]
            cross_off(db, job, part, sum(remark.is_skipped for remark in remarks), said)
        if job.state == DONE and job.request_file:
            forget(self.settings, job.request_file)
        if job.state == DONE and job.total >= MANY:
            self.database.analyze()
        return True


def work_until_idle(settings: Settings) -> None:
    """Do all that there is to do, without a pacing."""
    worker = Worker(settings)
    worker.pacing.is_taken = False
    while worker.step():
        pass
    worker.database.engine.dispose()


def main() -> None:
    """Work until told to stop."""
    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    computing = subprocess.Popen(command("app.engine.worker.compute"))  # noqa: S603  # a program of ours
    threading.Thread(target=_stop_with, args=[computing, told_to_stop], daemon=True).start()
    worker = Worker(Settings())
    gc.freeze()  # to look through all that is loaded takes 50 ms, and people would wait for it while a part is done
    worker.run(told_to_stop)
    computing.terminate()
    computing.wait()


def _stop_with(computing: subprocess.Popen[bytes], told_to_stop: threading.Event) -> None:
    """Stop when it does: whoever looks after us starts both again."""
    computing.wait()
    told_to_stop.set()


if __name__ == "__main__":
    main()
