"""What a template knows and has used up while it is rendered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.liquid.errors import LiquidError, TooMuch
from app.liquid.values.kinds import ForLoop

DEEPEST = 100  # loops and blocks inside of each other
MOST_ITERATIONS = 10_000
LONGEST_OUTPUT = 1_000_000  # characters
MOST_ASSIGNED = 1_000_000  # characters and items


class Buffer:
    """Text that is being written."""

    def __init__(self) -> None:
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        return "".join(self.pieces)


class Context:
    """The variables in sight, and what has to be remembered from tag to tag."""

    def __init__(self, variables: dict[str, Any], *, is_html: bool = False) -> None:
        self.variables = variables  # counters of `increment` are kept here, too
        self.is_html = is_html
        self.scopes: list[dict[str, Any]] = [{}]  # the innermost first; `assign` writes into the last
        self.interrupts: list[str] = []  # `break` and `continue` on their way to their loop
        self.loops: list[ForLoop] = []
        self.offsets: dict[str, int] = {}  # where loops ended, for `offset: continue`
        self.cycles: dict[object, int] = {}
        self.last_unchanged = ""  # what `ifchanged` printed
        self.errors: list[tuple[int, str]] = []  # lines and words
        self.missing: list[str] = []
        self._aliases: dict[str, str] = {}  # names that were assigned what is missing
        self._tolerance = 0
        self._iterations = self._written = self._assigned = 0

    def find(self, name: Any) -> tuple[Any, bool]:
        """Give the value of a variable, and whether there is one."""
        if not isinstance(name, str):
            return None, False
        for scope in self.scopes:
            if name in scope:
                return scope[name], True
        return self.variables.get(name), name in self.variables

    @contextmanager
    def scope(self) -> Iterator[dict[str, Any]]:
        """Open a scope for the variables of a loop."""
        if len(self.scopes) >= DEEPEST:
            raise LiquidError("Nesting too deep")
        self.scopes.insert(0, {})
        try:
            yield self.scopes[0]
        finally:
            self.scopes.pop(0)

    def assign(self, name: str, value: Any, missing: str = "") -> None:
        """Assign for the whole template. If that was missing, it is missed where it is printed, by its own path."""
        self._assigned += _size(value)
        if self._assigned > MOST_ASSIGNED:
            raise TooMuch("its variables hold too much (namespace limit)")
        self.scopes[-1][name] = value
        self._aliases.pop(name, None)
        if missing:
            self._aliases[name] = missing

    def is_missing(self, name: object) -> bool:
        """Whether what was assigned to a name was missing."""
        return name in self._aliases

    def note_missing(self, name: object, path: str) -> None:
        """Note a path that was asked for, and the name that it begins with."""
        if not self._tolerance:
            self.missing.append(self._aliases.get(str(name), path))

    @contextmanager
    def tolerating(self, is_so: bool = True) -> Iterator[None]:  # noqa: FBT001, FBT002  # reads as a sentence
        """Let variables lack where the template provides for it."""
        self._tolerance += is_so
        try:
            yield
        finally:
            self._tolerance -= is_so

    def note_error(self, error: LiquidError, line: int) -> str:
        """Remember what went wrong; give the words that Liquid prints instead."""
        self.errors.append((line, str(error)))
        return f"Liquid error: {error}"

    def count_iteration(self) -> None:
        self._iterations += 1
        if self._iterations > MOST_ITERATIONS:
            raise TooMuch(f"its loops go around more than {MOST_ITERATIONS:,} times (loop iteration limit)")

    def write(self, buffer: Buffer, text: str) -> None:
        self._written += len(text)
        if self._written > LONGEST_OUTPUT:
            raise TooMuch(f"it prints more than {LONGEST_OUTPUT:,} characters")
        buffer.pieces.append(text)


def _size(value: Any) -> int:
    match value:
        case str():
            return len(value)
        case list():
            return 1 + sum(map(_size, value))
        case dict():
            return 1 + sum(len(key) + _size(item) for key, item in value.items())
    return 1
