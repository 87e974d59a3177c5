"""What a reply stands in, and whether it says yes or no: the one place that understands envelopes.

REES46 answers bare (`[…]`), as `{"status": "success", "payload": …}`, as `{"success": true, "payload": …}` or with
`data` in place of `payload`; a payload may name its content once more (`{"payload": {"orders": […]}}`). It refuses in
as many ways, and not always with a status of HTTP: `{"status": "error", "payload": {"message": …}}`,
`{"success": false, …}`, `{"error": …}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

YES = {"success", "successful", "ok", "true", "accepted", "done", "created"}
NO = {"error", "errors", "fail", "failed", "failure", "false", "invalid", "denied", "rejected", "refused", "forbidden"}
CONTENTS = ("payload", "data")
RESULTS = ("result", "done", "accepted")
MARKS = ("status", "success", "ok")  # each says yes or no; they are no content
WORDS = ("message", "error", "errors", "error_message", "detail", "description", "reason", "title")
LONGEST = 500  # characters of a message
DEEPEST = 5  # objects in which a message is looked for


@dataclass(frozen=True)
class Envelope:
    """How a server wraps a reply: by which mark it says yes, and under which key the reply stands."""

    mark: Literal["status", "success"] = "status"
    key: Literal["payload", "data"] = "payload"

    def wrap(self, content: bytes, child: str) -> bytes:
        """Write a reply, which is JSON already, in its envelope."""
        yes = b'"success"' if self.mark == "status" else b"true"
        inner = b'{"%b":%b}' % (child.encode(), content) if child else content
        return b'{"%b":%b,"%b":%b}' % (self.mark.encode(), yes, self.key.encode(), inner)

    def say_yes(self, content: bytes) -> bytes:
        """Put the mark of this envelope in place of the one by which a reply of few words says yes."""
        said = {name: value for name, value in json.loads(content).items() if name not in MARKS}
        return json.dumps({self.mark: "success" if self.mark == "status" else True} | said, ensure_ascii=False).encode()

    def schema(self, content: dict[str, Any], child: str) -> dict[str, Any]:
        """Describe the same as JSON schema."""
        yes = {"const": "success"} if self.mark == "status" else {"const": True}
        inner = _object({child: content}) if child else content
        return _object({self.mark: yes, self.key: inner})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


def says_no(body: Any) -> bool:
    """Tell whether a reply refuses; one contradiction is enough."""
    if not isinstance(body, dict):
        return False
    contents = [body[key] for key in CONTENTS if isinstance(body.get(key), dict)]
    return (
        any(_is_no(body[mark]) for mark in MARKS if mark in body)
        or any(bool(body.get(name)) for name in ("error", "errors"))
        or any(content.get("success") is False or bool(content.get("error")) for content in contents)
    )


def says_yes(body: Any) -> bool:
    """Tell whether a reply that holds nothing else says that it was done: a mark, or no body at all."""
    if body is None:
        return True
    return isinstance(body, dict) and any(_is_yes(body[mark]) for mark in MARKS if mark in body)


def says_only_yes(body: Any) -> bool:
    """Tell whether a reply that should hold nothing else is a yes, without a no or mere words within it."""
    return says_yes(body) and not (_says_no_within(body) or has_only_words(body) or _is_a_bare_word(body))


def _says_no_within(body: Any) -> bool:
    """Find a no in a yes: `{"success": true, "payload": {"status": "error"}}`, `{"status": "success", "code": 403}`.

    Not so of a reply with content: there `status` and `result` may be the reply's own.
    """
    parts = [part for part in (body, *_contents(body)) if isinstance(part, dict)]
    results = [part[name] for part in parts for name in RESULTS if part.get(name) is not None]
    return any(map(_is_no, results)) or any(says_no(part) or status_in(part) is not None for part in parts)


def _contents(body: Any) -> list[Any]:
    return [body[key] for key in CONTENTS if key in body] if isinstance(body, dict) else []


def has_only_words(body: Any) -> bool:
    """Tell whether all that an envelope holds is a message: it says success and means no (checkout/apply does)."""
    words = (content.get(name) for content in _contents(body) if isinstance(content, dict) for name in WORDS[:3])
    return any(_first_words(text) for text in words)


def _is_a_bare_word(body: Any) -> bool:
    """Tell whether an envelope holds nothing but a word that is no yes; who knows what it means."""
    return any(_text(content) and not _is_yes(content) for content in _contents(body))


def words_of(body: Any) -> str:
    """Find the message of a refusal, wherever it stands; empty if it has none."""
    if not isinstance(body, dict):
        return ""
    return _first_words(body.get("payload")) or _first_words(body.get("data")) or _first_words(body)


def candidates(body: Any, children: tuple[str, ...]) -> Iterator[Any]:
    """Give what may be the content of a reply, the most likely first: the payload, what it names, the body itself."""
    wrapped = _contents(body)
    for content in [*wrapped, body]:
        yield from (content[child] for child in children if isinstance(content, dict) and child in content)
        if content is not body:
            yield content
    if isinstance(body, dict) and any(mark in body for mark in MARKS):
        yield {name: value for name, value in body.items() if name not in {*MARKS, *CONTENTS}}
    yield body
    yield from (only for content in [*wrapped, body] if (only := _only_part(content)) is not None)


def _only_part(content: Any) -> Any:
    """Give the one list or object that a payload holds, under whatever name."""
    named = content.items() if isinstance(content, dict) else ()
    parts = [value for name, value in named if isinstance(value, list | dict) and name not in WORDS]
    return parts[0] if len(parts) == 1 else None


def status_in(body: Any) -> int | None:
    """Give the status of HTTP that an error body names itself: `{"status": 403}`, `{"code": "404"}`."""
    for name in ("status", "code", "status_code", "error"):
        value = body.get(name) if isinstance(body, dict) else None
        if isinstance(value, dict):
            value = value.get("code")
        if (number := _status(value)) is not None:
            return number
    return None


def _is_no(mark: Any) -> bool:
    if isinstance(mark, str):
        return mark.strip().lower() in {*NO, "0"} or _status(mark) is not None
    return mark is False or mark == 0 or _status(mark) is not None


def _is_yes(mark: Any) -> bool:
    if isinstance(mark, str):
        return mark.strip().lower() in {*YES, "1", "200", "201"}
    return mark is True or (isinstance(mark, int) and mark in {1, 200, 201})


def _status(value: Any) -> int | None:
    """Read a number that is a refusal among the statuses of HTTP."""
    if isinstance(value, str) and value.strip().isdecimal():
        value = int(value.strip()[:4])
    is_number = isinstance(value, int) and not isinstance(value, bool)
    return value if is_number and 400 <= value <= 599 else None


def _first_words(value: Any, depth: int = 0) -> str:
    """Find the first text that is a message: in a list, or under one of the names that messages have."""
    if text := _text(value):
        return text
    if depth == DEEPEST:
        return ""
    if isinstance(value, list):
        return next((text for item in value if (text := _first_words(item, depth + 1))), "")
    if not isinstance(value, dict):
        return ""
    named = next((text for name in WORDS if (text := _first_words(value.get(name), depth + 1))), "")
    return named or (_of_fields(value, depth) if depth else "")


def _of_fields(errors: dict[str, Any], depth: int) -> str:
    """Read errors by field: `{"email": ["is not valid"]}`."""
    told = ((name, _first_words(value, depth + 1)) for name, value in errors.items() if isinstance(value, str | list))
    return next((f"{name}: {text}" for name, text in told if text), "")


def _text(value: Any) -> str:
    return value.strip()[:LONGEST] if isinstance(value, str) else ""
