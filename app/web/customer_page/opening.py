"""One opening of a customer's page: each question is asked once, side by side with the others, and its reply kept."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from flask import Flask, current_app, g
from pydantic import ValidationError

from app.rees46 import profile as profiles
from app.rees46.errors import Rees46Error, Refused
from app.rees46.profile import Profile
from app.web.calls.pacing import meter_of, take_turn
from app.web.context import settings
from app.web.customers.keys import takes
from app.web.customers.lookup import means_nobody
from app.web.rees46 import client
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from app.rees46.client import Exchange
    from app.rees46.operation import Operation
    from app.store.acts import Act
    from app.store.customer_traces import Seen
    from app.store.customers import KnownCustomer
    from app.web.calls.recorder import Recorder

R = TypeVar("R")
Stamp = tuple[Any, ...]
PATIENCE = 1.0  # seconds that a page waits; what comes later fills in
_askers = ThreadPoolExecutor(max_workers=64, thread_name_prefix="customer")


class NeedsProfile(Exception):
    """A question can only be put when the profile is known."""


class CannotBeAsked(Exception):
    """REES46 does not take what is known of this customer for such a question."""


class Late(Exception):
    """The answer is not there yet."""


class Asking(Protocol):
    """Whoever has questions: a source."""

    @property
    def is_first(self) -> bool: ...

    @property
    def asks(self) -> Callable[[Opening], Sequence[Operation[Any]]]: ...


@dataclass(frozen=True)
class Question:
    """Something that was asked, and its reply to come."""

    op: Operation[Any]
    reply: Future[Any]


class Opening:
    """What is known of a customer while their page is put together."""

    def __init__(self, customer: KnownCustomer, stamp: Stamp, former: list[Seen], sources: Sequence[Asking]) -> None:
        self.token = secrets.token_hex(8)
        self.customer, self.stamp, self.former = customer, stamp, former
        self.acts: list[Act] = []  # of the desk about this customer, newest first
        self.aliases: list[int] = []  # the keys under which the desk knows them
        self.writes: list[Callable[[Session], object]] = []  # what is to be remembered, in one transaction
        self.begun = time.monotonic()
        self._app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]  # noqa: SLF001  # as Flask documents
        self._person, self._shop = me(), shop()
        self._questions: dict[str, Question] = {}
        self._asked_by: dict[int, list[Question] | CannotBeAsked] = {}  # by the number of a source
        self._waiting = list(enumerate(sources))
        self._finished: SimpleQueue[tuple[Recorder, Exchange]] = SimpleQueue()
        self._is_answered = False
        self._profile: Future[Any] | None = None

    @property
    def age(self) -> float:
        return time.monotonic() - self.begun

    @property
    def is_whole(self) -> bool:
        """Whether every answer is there."""
        return not self._waiting and all(question.reply.done() for question in self._questions.values())

    @property
    def is_profile_read(self) -> bool:
        return self._profile is not None and self._profile.done()

    @property
    def profile(self) -> Profile | None:
        """The profile; None when there is none, or it could not be read."""
        if not self.is_profile_read:
            raise NeedsProfile
        reply = None if self._failure() else cast("Future[Any]", self._profile).result()
        return reply if isinstance(reply, Profile) else None

    @property
    def failure(self) -> Rees46Error | None:
        """Why the profile could not be read; None also when nobody is known by this identifier."""
        error = self._failure()
        return None if isinstance(error, Refused) and means_nobody(error) else error

    def hand_over(self, profile: Profile) -> None:
        """Take a profile that was just read by whoever led here."""
        self._profile = Future()
        self._profile.set_result(profile)

    def ask(self, patience: float | None) -> None:
        """Ask what is to be asked, and wait for the answers a while; None waits for all of them."""
        self._is_answered = False
        deadline = time.monotonic() + (settings().time_limit * 2 if patience is None else patience)
        if self._profile is None:
            self._profile = self._put(profiles.Read, self.customer.identity)
        self._ask_of(only_first=True)
        wait([self._profile], timeout=max(0.0, deadline - time.monotonic()))
        if self._profile.done():
            self._ask_of(only_first=False)
        wait([question.reply for question in self._questions.values()], timeout=max(0.0, deadline - time.monotonic()))
        self.record()

    def record(self) -> None:
        """Give the exchanges that are over to their recorders."""
        while True:
            try:
                recorder, exchange = self._finished.get_nowait()
            except Empty:
                return
            recorder(exchange)

    def answered(self) -> None:
        """The page goes out: what comes after this is kept by whoever brings it."""
        self._is_answered = True

    def told_by(self, source_number: int) -> None:
        """Let a source find its answers, or hear why it has none."""
        asked = self._asked_by.get(source_number)
        if asked is None:
            raise Late
        if isinstance(asked, CannotBeAsked):
            raise asked

    def identity_for(self, op: Any) -> dict[str, str]:
        """Give an identifier that a call takes."""
        if takes(op, self.customer):
            return self.customer.identity
        profile = self.profile
        for kind in ("email", "phone"):
            if profile and (value := getattr(profile, kind)):
                return {kind: value}
        raise CannotBeAsked

    def reply(self, kind: type[Operation[R]]) -> R:
        """Give the reply to a question of a kind; what went wrong is raised."""
        found = next((question for question in self._questions.values() if isinstance(question.op, kind)), None)
        if found is None:
            raise CannotBeAsked
        return cast("R", _result(found))

    def replies(self, kind: type[Operation[R]]) -> list[tuple[Any, R]]:
        """Give all questions of a kind with their replies."""
        return [
            (question.op, cast("R", _result(question)))
            for question in self._questions.values()
            if isinstance(question.op, kind)
        ]

    def _failure(self) -> Rees46Error | None:
        error = self._profile.exception() if self._profile and self._profile.done() else None
        if error is not None and not isinstance(error, Rees46Error):
            raise error
        return error

    def _ask_of(self, *, only_first: bool) -> None:
        """Put the questions of the sources whose turn it is; who needs the profile comes when it is there."""
        postponed = []
        for number, source in self._waiting:
            if (only_first and not source.is_first) or not self._put_all(number, source):
                postponed.append((number, source))
        self._waiting = postponed

    def _put_all(self, number: int, source: Asking) -> bool:
        try:
            self._asked_by[number] = [self._question(op) for op in source.asks(self)]
        except NeedsProfile:
            return False
        except (CannotBeAsked, ValidationError):
            self._asked_by[number] = CannotBeAsked()
        return True

    def _question(self, op: Operation[Any]) -> Question:
        """Ask it, unless it was asked already."""
        name = f"{op.name()} {sorted(op.params().items())}"
        if name not in self._questions:
            self._questions[name] = Question(op, self._send(op))
        return self._questions[name]

    def _put(self, kind: type[Operation[Any]], identity: dict[str, str]) -> Future[Any]:
        try:
            return self._send(kind.from_form(identity))
        except ValidationError:
            nobody: Future[Any] = Future()
            nobody.set_result(None)
            return nobody

    def _send(self, op: Operation[Any]) -> Future[Any]:
        try:
            if meter_of(op)[1]:  # of which only so many go in a minute
                take_turn(self._shop, op)
            return _askers.submit(client(self._shop, op, later=self._later).send, op)
        except Rees46Error as error:
            refused: Future[Any] = Future()
            refused.set_exception(error)
            return refused

    def _later(self, recorder: Recorder, exchange: Exchange) -> None:
        """Keep an exchange for the request; what comes after its answer is written at once."""
        if not self._is_answered:
            self._finished.put((recorder, exchange))
            return
        with self._app.app_context():
            g.actor, g.shop = self._person, self._shop
            recorder(exchange)


def _result(question: Question) -> Any:
    if not question.reply.done():
        raise Late
    return question.reply.result()
