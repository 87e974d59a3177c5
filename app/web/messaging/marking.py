"""Where in a template a variable is missing: its source in runs, of which some print nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

TAG = re.compile(r"(\{\{.*?\}\}|\{%.*?%\})", re.DOTALL)
CONTEXT = 60  # characters around a place that are shown


@dataclass(frozen=True)
class Place:
    """A place in a part of a copy, with what stands around it."""

    part: str
    line: int
    before: str
    tag: str
    after: str


def places(copies: Mapping[str, str], missing: Collection[str]) -> list[Place]:
    """Find the tags that ask for what is missing."""
    return [place for part, source in copies.items() for place in _in(part, source, missing)]


def _in(part: str, source: str, missing: Collection[str]) -> Iterator[Place]:
    for match in TAG.finditer(source):
        if any(re.search(rf"(?<![\w.]){re.escape(path)}(?![\w])", match[0]) for path in missing):
            before, after = source[: match.start()], source[match.end() :]
            line = before.count("\n") + 1
            yield Place(part, line, before.rpartition("\n")[2][-CONTEXT:], match[0], after.partition("\n")[0][:CONTEXT])


def unused(paths: Collection[str], asked: Collection[str]) -> set[str]:
    """Name the variables that are given and that no copy asks for."""
    return {path for path in paths if path != "language" and not any(_meet(path, other) for other in asked)}


def _meet(path: str, other: str) -> bool:
    """Whether one leads into the other: `order` is used where `order.number` is asked for, and the other way round."""
    first, second = path.replace("[", ".").split("."), other.replace("[", ".").split(".")
    return all(one == two for one, two in zip(first, second, strict=False))
