"""What came back from REES46, and whether it is the reply, a refusal or nonsense."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import quote, quote_plus

from pydantic import ValidationError

from .drift import Difference, differences, shape_of, unreadable
from .envelope import has_only_words, says_no, says_yes, status_in, words_of
from .errors import Changed, Garbled, NotAllowed, NotFound, Refused, TooMany, Unreachable

if TYPE_CHECKING:
    from .operation import Operation

R = TypeVar("R")
Notice = Callable[[list[Difference]], object]
LARGEST = 16 * 1024 * 1024  # bytes of a decoded answer; 20,000 subscription changes are 4 MB
SHOWN = 20_000  # characters of an answer that are kept for people
GAVE_UP_WAITING = 408  # a gateway says so, too
LONGEST_PAUSE = 60.0  # seconds
REFUSALS: dict[int, type[Refused]] = {401: NotAllowed, 403: NotAllowed, 404: NotFound, 429: TooMany}
# What refusals that come with HTTP 200 say, and the status that they would have otherwise.
MEANT = {
    429: re.compile(r"too many|rate limit|too often", re.IGNORECASE),
    403: re.compile(r"api key|secret|shop_id|shop not found|unauthori[sz]ed|forbidden|access denied", re.IGNORECASE),
    404: re.compile(r"not found|does not exist|no such", re.IGNORECASE),
}


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


def parse_response(op: Operation[R], answer: Answer, notice: Notice = lambda _: None) -> R:
    """Give the reply, or raise what went wrong; `notice` is told in what the reply differs from the contract."""
    if _is_down(answer.status):
        raise _unavailable(op, answer.status, _words(answer))
    if answer.status >= 400:
        raise _refusal(op, answer, _words(answer), answer.status)
    if answer.status >= 300 or len(answer.body) > LARGEST:
        raise _garbled(op, answer)
    try:
        body = _body(op, answer)
    except (ValueError, RecursionError):
        notice([Difference("unreadable", "", "not JSON")])
        raise _garbled(op, answer) from None
    if says_no(body):
        words, status = words_of(body), status_in(body)
        if status and _is_down(status):
            raise _unavailable(op, status, words)
        raise _refusal(op, answer, words, status or _status_meant(words))
    return _reply(op, answer, body, notice)


def _is_down(status: int) -> bool:
    return status >= 500 or status == GAVE_UP_WAITING


def _unavailable(op: Operation[Any], status: int, words: str) -> Unreachable:
    late = "REES46 did not answer in time" if status == GAVE_UP_WAITING else ""
    message = late or words or "REES46 is not available now"
    return Unreachable(message, operation=op.name(), status=status, changed=after_silence(op))


def _body(op: Operation[Any], answer: Answer) -> Any:
    """Read the body; that of an operation which answers with a bare word is JSON only when it refuses."""
    if (word := op.bare_word()) and answer.text().strip() == word:
        return {"status": "success"}
    text = answer.text().strip() if op.http.replies == "text" else ""
    if op.http.replies == "text" and not text.startswith("{"):
        return text
    may_be_empty = HTTPStatus.NO_CONTENT in {answer.status, op.http.success}
    return None if may_be_empty and not answer.body.strip() else json.loads(answer.body)


def _reply(op: Operation[R], answer: Answer, body: Any, notice: Notice) -> R:
    try:
        reading = op.find(body)
    except (ValueError, RecursionError) as wrong:
        if says_yes(body) and has_only_words(body):
            words = words_of(body)
            raise _refusal(op, answer, words, _status_meant(words)) from None
        notice(
            unreadable(wrong) if isinstance(wrong, ValidationError) else [Difference("unreadable", "", shape_of(body))]
        )
        raise _garbled(op, answer) from None
    unread = [place for wrong in reading.wrong for place in unreadable(wrong)]
    notice([*differences(op.reply_type(), reading.content, body), *unread])
    return reading.reply


def _status_meant(words: str) -> int | None:
    """Guess by the words which status of HTTP a refusal that came with 200 would have had."""
    return next((status for status, meant in MEANT.items() if meant.search(words)), None)


def _refusal(op: Operation[Any], answer: Answer, words: str, status: int | None) -> Refused:
    kind = REFUSALS.get(status or answer.status, Refused)
    told = words or (f"Status {answer.status}" if answer.status >= 400 else "no reason was given")
    refusal = kind(told, operation=op.name(), status=answer.status)
    if isinstance(refusal, TooMany):
        refusal.retry_after = pause_asked(answer.headers)
    return refusal


def _garbled(op: Operation[Any], answer: Answer) -> Garbled:
    return Garbled(
        "REES46 gave an answer that this operation does not give",
        operation=op.name(),
        status=answer.status,
        changed=after_silence(op),
    )


def after_silence(op: Operation[Any]) -> Changed:
    """Say what may have happened when a call went out and REES46 itself did not say.

    A gateway that answers 502, 503 or 504 may answer for a server that did it.
    """
    if op.http.only_reads:
        return "no"
    return "maybe, and safe to repeat" if op.http.may_repeat else "maybe"


def _words(answer: Answer) -> str:
    """Find the message of an error body."""
    try:
        return words_of(json.loads(answer.body[:SHOWN]))
    except (ValueError, RecursionError):
        return ""


def pause_asked(headers: dict[str, str]) -> float:
    """Read Retry-After, seconds or a date; nonsense is none, a long wait a minute (decisions.md#retry-after)."""
    asked = headers.get("retry-after", "0")
    try:
        seconds = float(asked)
    except ValueError:
        seconds = _seconds_until(asked)
    return min(seconds, LONGEST_PAUSE) if seconds > 0 else 0.0


def _seconds_until(date: str) -> float:
    """Read a date of HTTP, which is in UTC also where it does not say so."""
    try:
        moment = parsedate_to_datetime(date)
    except (ValueError, OverflowError):
        return 0.0
    known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (known - datetime.now(UTC)).total_seconds()
