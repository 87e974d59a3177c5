"""Chat logs as people bring them: what a platform exports as JSON, or lines such as `[10:31] Anna: Good morning`."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.web.cells.phones import read_phone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import JsonValue

LARGEST = 1_000_000  # characters
LINE = re.compile(
    r"^\s*(?:\[(?P<at>[^\]]{1,30})\]\s*|(?P<clock>\d{1,2}:\d{2}(?::\d{2})?)\s+)?(?P<author>[^:\n]{1,60}):\s(?P<text>.*)$"
)
ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
NUMBER = re.compile(r"\+?\d[\d ()-]{8,18}\d")
CODES = ("code", "chat_id", "conversation_id", "id")
MOST_FOUND = 3


class Unreadable(Exception):
    """It is no log that can be taken; `words` say why."""

    def __init__(self, words: str) -> None:
        super().__init__("unreadable chat")
        self.words = words


@dataclass(frozen=True)
class Log:
    """A conversation as it is sent; how many messages it has, its own code, and whose contacts it names."""

    data: dict[str, JsonValue]
    messages: int
    code: str = ""
    contacts: list[str] = field(default_factory=list)


def read(text: str) -> Log:
    """Read a log of either kind."""
    text = text.removeprefix("\ufeff").strip()
    if not text:
        raise Unreadable(_("The log is empty."))
    if len(text) > LARGEST:
        raise Unreadable(_("The log has more than a million characters. Save its parts one by one."))
    is_json = text.startswith("{") or (text.startswith("[") and not LINE.match(text.splitlines()[0]))
    data = _of_json(text) if is_json else _of_lines(text)
    code = next((str(value) for name in CODES if isinstance(value := data.get(name), str | int) and value), "")
    return Log(data, _count(data), code[:255], _contacts(text))


def _of_json(text: str) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable(_("This begins like JSON and cannot be read as such.")) from None
    if isinstance(said, list):
        said = {"messages": said}
    if not isinstance(said, dict) or not said:
        raise Unreadable(_("The JSON has to be an object, or a list of messages."))
    return said


def _of_lines(text: str) -> dict[str, Any]:
    """Begin a message at each line with an author; other lines go on with the one before."""
    messages: list[dict[str, str]] = []
    for line in text.splitlines():
        if found := LINE.match(line):
            at = found["at"] or found["clock"]
            messages.append({**({"at": at} if at else {}), "author": found["author"].strip(), "text": found["text"]})
        elif messages:
            messages[-1]["text"] += f"\n{line}"
        elif line.strip():
            raise Unreadable(_("The first line has no author. Write lines such as: Anna: Good morning"))
    return {"messages": messages}


def _count(data: dict[str, Any]) -> int:
    """Count the messages: the longest list of objects that it has anywhere."""
    return max((len(some) for some in _lists(data) if some and all(isinstance(one, dict) for one in some)), default=0)


def _lists(value: Any, depth: int = 0) -> Iterator[list[Any]]:
    if depth > 20:
        return
    if isinstance(value, list):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _lists(part, depth + 1)


def _contacts(text: str) -> list[str]:
    """Name addresses and numbers that stand in it, in their order."""
    numbers = (number for match in NUMBER.finditer(text) if (number := read_phone(match[0])))
    return list(dict.fromkeys([*ADDRESS.findall(text), *numbers]))[:MOST_FOUND]
