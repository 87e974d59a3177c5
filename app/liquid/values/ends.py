"""The ends and the size of a value, as filters and paths ask for them: `items.first`, `name.size`."""

from __future__ import annotations

from typing import Any

from app.liquid.values.kinds import Range

WORD_BYTES = 8  # what Ruby says is the size of a whole number


def size_of(value: Any) -> int | None:
    """Count letters, items or pairs; None for what has no size."""
    if isinstance(value, (str, list, dict, Range)):
        return len(value)
    return _bytes_of(value) if isinstance(value, int) and not isinstance(value, bool) else None


def _bytes_of(number: int) -> int:
    return max(WORD_BYTES, (abs(number).bit_length() + 7) // 8)


def first_of(value: Any) -> Any:
    match value:
        case str():
            return value[:1]
        case list():
            return value[0] if value else None
        case dict():
            return next(([key, item] for key, item in value.items()), None)
        case Range():
            return value.first
    return None


def last_of(value: Any) -> Any:
    match value:
        case str():
            return value[-1:]
        case list():
            return value[-1] if value else None
        case Range():
            return value.last
    return None
