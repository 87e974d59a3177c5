"""Asking REES46: one clock over the whole call, a capped answer, and only what may be repeated is repeated."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as ClockRanOut
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import TYPE_CHECKING, Any, TypeVar

import requests
from requests.adapters import HTTPAdapter

from .errors import NotPublic, Rees46Error, TooMany, Unreachable
from .network import NotPublicError, PublicOnly
from .request import STAND_IN, Call
from .response import LARGEST, Answer, after_silence, parse_response, pause_asked, without

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from requests.adapters import BaseAdapter

    from .drift import Difference
    from .operation import Operation

R = TypeVar("R")
TRIES = 3
TOO_MANY = 429
WORTH_REPEATING = {TOO_MANY, 502, 503, 504}
_callers = ThreadPoolExecutor(max_workers=64, thread_name_prefix="rees46")


@dataclass(frozen=True)
class Exchange:
    """What was asked and what came back, fit to be shown: it holds no secret."""

    operation: str
    method: str
    path: str
    curl: str
    milliseconds: float
    status: int | None  # None: no answer
    answer: str  # the body as text, capped
    error: Rees46Error | None
    date: str = ""  # by its own clock, as the header Date says it
    differences: tuple[Difference, ...] = ()  # from what the contract says of the reply


class Client:
    """REES46 for one shop. `record` is called with every exchange, also the failed ones."""

    def __init__(
        self,
        base_url: str,
        shop_id: str,
        secret: str | None = None,
        *,
        session: requests.Session | None = None,
        time_limit: float = 10.0,
        record: Callable[[Exchange], None] | None = None,
        shown_url: str = "",
    ) -> None:
        self.base_url = base_url
        self.shown_url = shown_url or base_url  # where somebody at a shell reaches the same
        self.shop_id = shop_id
        self._secret = secret
        self._session = session or new_session()
        self._time_limit = time_limit
        self._record = record

    def __repr__(self) -> str:
        return f"<Client {self.shop_id}>"

    def send(self, op: Operation[R], listed: bytes | None = None) -> R:
        """Ask, and give the reply; raise a Rees46Error when there is none.

        `listed` is the list that the operation streams, written as JSON before. Such a call goes out once: whoever
        wrote it knows what may be sent again.
        """
        started = time.monotonic()
        answer: Answer | None = None
        error: Rees46Error | None = None
        lost: list[int] = []  # attempts that went out, and of which nobody knows what became
        differences: list[Difference] = []
        try:
            answer = self._ask(op, started + self._time_limit, lost, listed)
            return parse_response(op, answer, differences.extend)
        except Rees46Error as raised:
            error = raised
            if lost and raised.changed == "no":
                raised.changed = after_silence(op)
            raise
        finally:
            if self._record:
                curl = self.curl(op, in_file=listed is not None)
                self._record(self._exchange(op, started, answer, error, curl=curl, differences=differences))

    def curl(self, op: Operation[Any], *, in_file: bool = False) -> str:
        """Write the call as a shell command, with the secret as $REES46_SECRET; its body may stand in a file."""
        return Call(op, self.shown_url, self.shop_id, STAND_IN, b"" if in_file else None).curl()

    def _ask(self, op: Operation[Any], deadline: float, lost: list[int], listed: bytes | None) -> Answer:
        call = Call(op, self.base_url, self.shop_id, self._secret, listed)
        tries = TRIES if op.http.may_repeat and listed is None else 1
        for attempt in range(1, tries + 1):
            try:
                answer = self._within(deadline, call, op)
            except NotPublic:
                raise
            except Unreachable as error:
                if error.changed != "no":
                    lost.append(attempt)
                if attempt == tries or time.monotonic() + _pause(attempt) >= deadline:
                    raise
                time.sleep(_pause(attempt))
                continue
            wait = max(pause_asked(answer.headers), _pause(attempt))
            if answer.status not in WORTH_REPEATING or attempt == tries or time.monotonic() + wait >= deadline:
                return answer
            if answer.status != TOO_MANY:
                lost.append(attempt)
            time.sleep(wait)
        raise AssertionError  # the loop returns or raises

    def _within(self, deadline: float, call: Call, op: Operation[Any]) -> Answer:
        """Run one attempt on a thread that is given up at the deadline: sockets only limit the gap between bytes."""
        attempt = _callers.submit(self._attempt, call, deadline)
        try:
            return attempt.result(max(0.0, deadline - time.monotonic()))
        except ClockRanOut:
            attempt.cancel()
            raise _silence(op, "REES46 did not answer in time") from None
        except NotPublicError:
            raise NotPublic("The address is not a public one", operation=op.name()) from None
        except (requests.ConnectTimeout, _NeverSent):
            raise Unreachable("REES46 could not be reached", operation=op.name()) from None
        except requests.RequestException:
            raise _silence(op, "REES46 did not answer") from None

    def _attempt(self, call: Call, deadline: float) -> Answer:
        left = max(0.05, deadline - time.monotonic())
        try:
            response = self._session.send(self._prepared(call), timeout=left, allow_redirects=False, stream=True)
        except requests.ConnectionError as error:
            if "NewConnectionError" in repr(error) or "NameResolutionError" in repr(error):
                raise _NeverSent from None
            raise
        with response:
            body = bytearray()
            for block in response.iter_content(64 * 1024):
                body += block
                if len(body) > LARGEST:
                    break
                if time.monotonic() > deadline:
                    raise requests.Timeout
            told = without(self._secret, bytes(body))
            return Answer(response.status_code, dict(response.headers.lower_items()), told)

    def _prepared(self, call: Call) -> requests.PreparedRequest:
        """Write the request; the session has no cookies, parameters or hooks that would have to be merged into it."""
        request = requests.PreparedRequest()
        headers = {**self._session.headers, **call.headers}
        request.prepare(method=call.method, url=call.url, headers=headers, data=call.body)
        return request

    def _exchange(
        self,
        op: Operation[Any],
        started: float,
        answer: Answer | None,
        error: Rees46Error | None,
        *,
        curl: str,
        differences: list[Difference],
    ) -> Exchange:
        return Exchange(
            operation=op.name(),
            method=op.http.method,
            path=op.http.path,
            curl=curl,
            milliseconds=(time.monotonic() - started) * 1000,
            status=answer.status if answer else None,
            answer=answer.text() if answer else "",
            error=error,
            date=answer.headers.get("date", "") if answer else "",
            differences=tuple(differences),
        )


class _NeverSent(requests.RequestException):
    """The connection was never made: nothing was sent."""


def new_session(
    mounts: dict[str, BaseAdapter] | None = None, *, public_only: bool = False, but: Iterable[str] = ()
) -> requests.Session:
    """Make a session to be kept: no environment proxies, no cookies, one pool for all threads.

    With `public_only` it calls public addresses, and those whose URLs begin as one of `but`.
    """
    session = requests.Session()
    session.trust_env = False
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    if public_only:
        for prefix in ("http://", "https://"):
            session.mount(prefix, PublicOnly())
        for url in but:
            session.mount(f"{url.rstrip('/')}/", HTTPAdapter())
    for prefix, adapter in (mounts or {}).items():
        session.mount(prefix, adapter)
    return session


def _silence(op: Operation[Any], message: str) -> Unreachable:
    return Unreachable(message, operation=op.name(), changed=after_silence(op))


def _pause(attempt: int) -> float:
    return 0.1 * float(2**attempt)


__all__ = ["Client", "Exchange", "TooMany", "new_session"]
