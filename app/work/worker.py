"""Doing work: claim some, do a few parts of it, let go, so that everybody's work moves on."""

from __future__ import annotations

import secrets
import threading
import time
from contextlib import contextmanager
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError
from structlog import get_logger

from app.rees46.errors import NotAllowed, NotPublic, Rees46Error, Refused, TooMany
from app.store import acts, approvals, outbox, workers, works
from app.store.acts import Act
from app.store.base import now
from app.store.shops import Shop
from app.web.calls.pacing import Paced
from app.web.error_words import in_words
from app.web.safeguards.brakes import Braked, is_braked
from app.web.safeguards.second_person import Waits, is_as_reviewed
from app.work.acting import MayNot, acting
from app.work.kinds import KINDS, Kind, undone
from app.work.schedules import Clock
from app.work.waking import LOOK_SECONDS, Waker

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from app.store.works import State, Work

SECONDS = 2.0  # that work is done for before other work has its turn
RENEW_SECONDS = 5.0
BEAT_SECONDS = 10.0
CLOCK_SECONDS = 5.0  # between two looks at what is due
PAUSES = (5, 15, 60, 300, 900)  # seconds before the next try, after so many that failed

SHORT_WAIT = 5.0  # seconds between calls that are spaced: nothing that anybody need be told
NOT_TO_BE_SENT = ("awaiting", "withdrawn")  # acts that nobody approved yet, or that were taken back
TOO_MANY = "too many"  # it waits for the rate limit; pages have words for it

log = get_logger("app.work")


class Worker:
    """Does the work of a desk. Any number may run, in any process, on any host that reaches the database."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.desk = app.extensions["desk"]
        self.name = secrets.token_hex(8)

    @cached_property
    def clock(self) -> Clock:
        """What a worker of a request never needs."""
        return Clock(self.app)

    def run(self, told_to_stop: threading.Event) -> None:
        """Work until told to stop. Beside it, say that it is alive and do what is due, however long a part takes."""
        self.desk.give_up_sleepers()
        for seconds, task in ((BEAT_SECONDS, self._beat), (CLOCK_SECONDS, self._do_what_is_due)):
            arguments = (seconds, task, told_to_stop)
            threading.Thread(target=self._every, args=arguments, name=task.__name__, daemon=True).start()
        waker = Waker(self.desk)
        while not told_to_stop.is_set():
            if not self._trying(self._look) and not self._trying(lambda: waker.wait(told_to_stop)):
                told_to_stop.wait(LOOK_SECONDS)
        waker.close()

    def step(self, work_id: int | None = None, seconds: float = SECONDS) -> bool:
        """Do a few parts of what has waited longest, or of one work; False when there is nothing to do."""
        with self.desk.writing() as db:
            work = works.claim(db, self.name, work_id)
        if work is None:
            return False
        with self._lease(work):
            self._work_on(work, time.monotonic() + seconds)
        return True

    def _look(self) -> bool:
        with self.desk.reading() as db:
            is_any_free = works.is_any_free(db)
        return is_any_free and self.step()

    def _every(self, seconds: float, task: Callable[[], bool], told_to_stop: threading.Event) -> None:
        while True:
            self._trying(task)
            if told_to_stop.wait(seconds):
                return

    def _beat(self) -> bool:
        with self.desk.writing() as db:
            workers.beat(db, self.name)
        return True

    def _do_what_is_due(self) -> bool:
        while self.clock.step():
            pass
        return True

    def _trying(self, task: Callable[[], bool]) -> bool:
        """Do something with the database, which may be busy or away for a moment: a lease ends, and is taken again."""
        try:
            return task()
        except DBAPIError as error:
            log.warning("the database refused", kind=type(error.orig).__name__)
            return False

    @contextmanager
    def _lease(self, work: Work) -> Iterator[None]:
        """Renew the lease beside the work, for as long as it takes."""
        is_over = threading.Event()

        def renew() -> None:
            while not is_over.wait(RENEW_SECONDS):
                try:
                    with self.desk.writing() as db:
                        works.renew(db, work)
                except DBAPIError as error:
                    log.warning("a lease could not be renewed", kind=type(error.orig).__name__)

        thread = threading.Thread(target=renew, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            is_over.set()
            thread.join()

    def _work_on(self, work: Work, until: float) -> None:
        kind = KINDS[work.kind]
        try:
            with acting(self.app, work, kind):
                try:
                    if self._is_let_out(work, kind):
                        self._parts(work, kind, until)
                except Rees46Error as error:
                    self._pause_after(work, kind, error)
        except MayNot:
            self._let_go(work, "stopped", trouble="may not")
        except Waits:
            self._let_go(work, "stopped", trouble="second person")
        except DBAPIError:
            raise
        except Exception as error:
            log.exception("work failed", work=work.key, kind=work.kind, error=type(error).__name__)
            self._let_go(work, "stopped", trouble="broke")

    def _is_let_out(self, work: Work, kind: Kind) -> bool:
        """Begin the act of work whose undo window is over, unless somebody took it back, or a brake stops it."""
        if work.act_id is None:
            return True
        with self.desk.reading() as db:
            act, shop = db.get_one(Act, work.act_id), db.get_one(Shop, work.shop_id)
            is_held = act.written == "held"
            approval = approvals.of_act(db, act.id) if is_held else None
        if act.written in NOT_TO_BE_SENT:
            self._let_go(work, "undone")
            return False
        if is_held and is_braked(shop, is_message=kind.is_message):
            with self.desk.writing() as db:
                outbox.hold_on(db, work)
            return False
        if approval and not is_as_reviewed(work, act, approval):
            with self.desk.writing() as db:
                if approvals.withdraw_changed(db, approval, _("Not sent: it would do something else by now.")):
                    undone(db, work)
            return False
        if not is_held or kind.is_single:
            return True
        with self.desk.writing() as db:
            return acts.start(db, work.act_id, lease=None)

    def _parts(self, work: Work, kind: Kind, until: float) -> None:
        """Do parts until the time is over; before each look whether it is still ours, and what people wish."""
        while True:
            with self.desk.reading() as db:
                wish = works.is_mine(db, work)
            if wish is None:
                return
            if wish:
                self._let_go(work, "paused" if wish == "pause" else "cancelled")
                return
            if time.monotonic() >= until:
                self._let_go(work, "waiting")
                return
            progress = kind.part(work)
            with self.desk.writing() as db:
                works.note(db, work, done=progress.done, total=progress.total, left_out=progress.left_out)
            work.tries = 0
            if progress.is_over:
                self._let_go(work, "done")
                return
            if progress.pause:
                self._let_go(work, "waiting", due=now() + timedelta(seconds=progress.pause))
                return

    def _pause_after(self, work: Work, kind: Kind, error: Rees46Error) -> None:
        """Try again later where that may help; else stop, and let people see why."""
        if isinstance(error, Braked):  # it goes on as soon as that is lifted
            self._wait(work, error.retry_after, trouble=error.message[:500])
            return
        if isinstance(error, Paced):  # nothing went wrong
            self._wait(work, error.retry_after, trouble=TOO_MANY if error.retry_after > SHORT_WAIT else None)
            return
        words = in_words(error)
        trouble = " ".join(filter(None, (words["happened"], words["changed"])))[:500]
        is_hopeless = isinstance(error, NotAllowed | NotPublic) or (
            isinstance(error, Refused) and not isinstance(error, TooMany)
        )
        is_unclear = error.changed != "no" and not kind.is_repeatable
        if is_hopeless or is_unclear or work.tries >= len(PAUSES):
            self._let_go(work, "stopped", trouble=trouble)
            return
        seconds = getattr(error, "retry_after", 0) or PAUSES[work.tries]
        self._wait(work, seconds, trouble=trouble, tries=work.tries + 1)

    def _wait(self, work: Work, seconds: float, **more: Any) -> None:
        self._let_go(work, "waiting", due=now() + timedelta(seconds=seconds), **more)

    def _let_go(self, work: Work, state: State, *, trouble: str | None = None, **more: Any) -> None:
        with self.desk.writing() as db:
            works.let_go(db, work, state, trouble=trouble, **more)
