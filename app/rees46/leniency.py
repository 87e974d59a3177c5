"""Reading what can be read of a reply: a value that is of the wrong kind is left out, and told."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any, TypeVar

from pydantic import ValidationError

R = TypeVar("R")
ROUNDS = 3  # what stands inside a part that was wrong as well comes to light only later


def read_leniently(read: Callable[[Any], R], content: Any) -> tuple[R, list[ValidationError], Any]:
    """Read a reply; where that fails, read it without the values that are wrong.

    What is left out counts as not said. Where a shape cannot do without it, the last error is raised. The reply is
    given with what was wrong, and with what was left to be read.
    """
    wrong: list[ValidationError] = []
    for _ in range(ROUNDS):
        try:
            return read(content), wrong, content
        except ValidationError as error:
            content = _without(content, error)
            wrong.append(error)
    return read(content), wrong, content


def _without(content: Any, wrong: ValidationError) -> Any:
    """Leave out each value that could not be read."""
    content = deepcopy(content)
    for error in wrong.errors(include_url=False, include_input=False, include_context=False):
        _leave_out(content, error["loc"])
    return content


def _leave_out(content: Any, location: tuple[int | str, ...]) -> None:
    """Go to the place of an error, past the names of pydantic's own ways, and take out the last key that is there."""
    holder, last = None, None
    for part in location:
        if isinstance(content, dict) and part in content:
            holder, last, content = content, part, content[part]
        elif isinstance(content, list) and isinstance(part, int) and part < len(content):
            holder, last, content = None, None, content[part]
    if holder is not None:
        del holder[last]
