"""What came back from REES46, and whether it is the reply, a refusal or nonsense."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, quote_plus

from pydantic import ValidationError

from .errors import Changed, Garbled, NotAllowed, NotFound, Refused, TooMany, Unreachable

if TYPE_CHECKING:
    from .operation import Operation

R = TypeVar("R")
LARGEST = 16 * 1024 * 1024  # bytes of a decoded answer; 20,000 subscription changes are 4 MB
SHOWN = 20_000  # characters of an answer that are kept for people
GAVE_UP_WAITING = 408  # a gateway says so, too
LONGEST_PAUSE = 60.0  # seconds
REFUSALS: dict[int, type[Refused]] = {401: NotAllowed, 403: NotAllowed, 404: NotFound, 429: TooMany}


@dataclass(frozen=True)
class Answer:
    """Status, headers (names in lower case) and body."""

    status: int
    headers: dict[str, str]
    body: bytes

    def text(self) -> str:
        """Give the body as it may be shown: capped."""
        return self.body[: SHOWN * 4].decode(errors="replace")[:SHOWN]


def without(secret: str | None, body: bytes) -> bytes:
    """Take the secret out of an answer that echoes it, however it is written there."""
    for written in {secret, json.dumps(secret)[1:-1], quote(secret), quote_plus(secret)} if secret else ():
        body = body.replace(written.encode(), b"$REES46_SECRET")
    return body


def parse_response(op: Operation[R], answer: Answer) -> R:
    """Give the reply, or raise what went wrong."""
    if answer.status >= 500:
        raise Unreachable(_words(answer) or "REES46 is not available now", operation=op.name(),
                          status=answer.status, changed=after_silence(op))  # fmt: skip
    if answer.status == GAVE_UP_WAITING:
        raise Unreachable("REES46 did not answer in time", operation=op.name(), status=answer.status,
                          changed=after_silence(op))  # fmt: skip
    if answer.status >= 400:
        raise _refusal(op, answer, _words(answer))
    if answer.status >= 300 or len(answer.body) > LARGEST:
        raise _garbled(op, answer)
    if answer.status == op.http.success == 204:
        return op.read(None)
    try:
        body = answer.text().strip() if op.http.replies == "text" else json.loads(answer.body)
    except (ValueError, RecursionError):
        raise _garbled(op, answer) from None
    if isinstance(body, dict) and body.get("status") == "error":
        raise _refusal(op, answer, _words(answer))
    try:
        return op.read(body)
    except (ValidationError, RecursionError):
        raise _garbled(op, answer) from None


def _refusal(op: Operation[Any], answer: Answer, words: str) -> Refused:
    kind = REFUSALS.get(answer.status, Refused)
    refusal = kind(words or f"Status {answer.status}", operation=op.name(), status=answer.status)
    if isinstance(refusal, TooMany):
        refusal.retry_after = pause_asked(answer.headers)
    return refusal


def _garbled(op: Operation[Any], answer: Answer) -> Garbled:
    return Garbled("REES46 gave an answer that this operation does not give", operation=op.name(),
                   status=answer.status, changed=after_silence(op))  # fmt: skip


def after_silence(op: Operation[Any]) -> Changed:
    """Say what may have happened when a call went out and REES46 itself did not say.

    A gateway that answers 502, 503 or 504 may answer for a server that did it.
    """
    if op.http.only_reads:
        return "no"
    return "maybe, and safe to repeat" if op.http.may_repeat else "maybe"


def _words(answer: Answer) -> str:
    """Find the message of an error body, in either of its two places."""
    try:
        body = json.loads(answer.body[:SHOWN])
    except (ValueError, RecursionError):
        return ""
    if not isinstance(body, dict):
        return ""
    payload = body.get("payload")
    message = payload.get("message") if isinstance(payload, dict) else None
    words = message or body.get("message")
    return words[:500] if isinstance(words, str) else ""


def pause_asked(headers: dict[str, str]) -> float:
    """Read Retry-After in seconds; nonsense counts as none, a long wait as a minute (FACTS F8)."""
    try:
        seconds = float(headers.get("retry-after", "0"))
    except ValueError:
        return 0.0
    return min(seconds, LONGEST_PAUSE) if seconds > 0 else 0.0
