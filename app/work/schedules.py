"""What is done by itself at set times, in the installation's time zone. A page registers it in its `schedules.py`.

    @schedule("imports.forget", "10 3 * * *", label=_l("Let go of rows of old imports"))
    def forget_rows() -> None: …

It runs without a person, in the context of the application; each moment once, whichever worker takes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from croniter import croniter
from sqlalchemy.exc import DBAPIError
from structlog import get_logger

from app.rees46.errors import Rees46Error
from app.store import schedules
from app.store.base import now
from app.web.context import desk

if TYPE_CHECKING:
    from flask import Flask
    from flask_babel.speaklater import LazyString
    from sqlalchemy.orm import Session

Task = Callable[[], None]
Forget = Callable[["Session", datetime], bool]
AT_START = timedelta(seconds=20)
log = get_logger("app.work")


@dataclass(frozen=True)
class Planned:
    """What is done, what it is called, and when: five fields of cron."""

    cron: str
    label: LazyString
    task: Task
    at_start: bool = False  # also as soon as it is met for the first time
    days: int | None = None  # for how many rows are kept, where nobody says otherwise; None: it lets go of nothing
    most: int = 3650


PLANNED: dict[str, Planned] = {}


def schedule(name: str, cron: str, *, label: LazyString, at_start: bool = False) -> Callable[[Task], Task]:
    """Register what is done at set times; `at_start` also when an installation meets it for the first time."""

    def register(task: Task) -> Task:
        PLANNED[name] = Planned(cron, label, task, at_start)
        return task

    return register


def sweeper(name: str, cron: str, *, label: LazyString, days: int, most: int = 3650) -> Callable[[Forget], Forget]:
    """Register what lets go of old rows: some at each call, until it says that there are no more.

    `days` is for how long they are kept; administrators may choose, up to `most`.
    """

    def register(forget: Forget) -> Forget:
        def task() -> None:
            with desk().reading() as db:
                before = now() - schedules.kept_for(db, name, timedelta(days=days))
            sweep(lambda db: forget(db, before))

        PLANNED[name] = Planned(cron, label, task, days=days, most=most)
        return forget

    return register


def kept_days(name: str) -> int:
    """Say for how many days rows are kept that a schedule lets go of."""
    with desk().reading() as db:
        return schedules.kept_for(db, name, timedelta(days=PLANNED[name].days or 0)).days


def sweep(forget: Callable[[Session], bool]) -> None:
    """Let go of rows, a short transaction after the other."""
    is_more = True
    while is_more:
        with desk().writing() as db:
            is_more = forget(db)


class Clock:
    """Runs what is due."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.desk = app.extensions["desk"]
        self.zone = ZoneInfo(app.extensions["settings"].time_zone)
        self.has_met = False

    def step(self) -> bool:
        """Run one that is due; False when there is none."""
        if not self.has_met:
            with self.desk.writing() as db:
                schedules.meet(db, PLANNED, self._first)
            self.has_met = True
        with self.desk.reading() as db:
            if not schedules.is_any_due(db, PLANNED):
                return False
        with self.desk.writing() as db:
            found = schedules.claim(db, PLANNED, self.following)
        if found is not None:
            self._run(found.name)
        return found is not None

    def following(self, name: str) -> datetime:
        """When it is due next, as the database writes moments."""
        here = datetime.now(self.zone)
        due: datetime = croniter(PLANNED[name].cron, here).get_next(datetime)
        return due.astimezone(UTC).replace(tzinfo=None)

    def _first(self, name: str) -> datetime:
        """Say when a new one is due; what is read at the start comes when everything has started."""
        return now() + AT_START if PLANNED[name].at_start else self.following(name)

    def _run(self, name: str) -> None:
        trouble = None
        try:
            with self.app.app_context():
                PLANNED[name].task()
        except Exception as error:
            trouble = type(error).__name__
            if not isinstance(error, Rees46Error | DBAPIError):
                log.exception("a schedule failed", schedule=name, error=trouble)
        with self.desk.writing() as db:
            schedules.end(db, name, trouble)
