"""Kinds of value that many parameters share, and the many ways in which real clients write them (CONTRACT §1.1, §8)."""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, TypeVar
from urllib.parse import unquote

from pydantic import BeforeValidator, Field, JsonValue, PlainSerializer

T = TypeVar("T")
DATE = "%Y-%m-%d"
ABSENT = ("", "null", "undefined")


def _from_json_text(value: Any) -> Any:
    """Open JSON that arrives inside a string: `"kids": "[{…}]"`."""
    if isinstance(value, str) and value.lstrip()[:1] in {"[", "{"}:
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def _split(value: Any) -> Any:
    """Take `a,b` for a list of two, one number for a list of one, and JSON text for what it says."""
    value = _from_json_text(value)
    if isinstance(value, str):
        return [part.strip() for part in value.split(",") if part.strip()]
    return [value] if isinstance(value, int | float) else value


def _decoded_again(value: Any) -> Any:
    """Undo the double encoding of one SDK: `a%40b.c` for `a@b.c`."""
    if isinstance(value, str) and "@" not in value and "%40" in value:
        return unquote(value)
    return value


def present(said: Any) -> Any:
    """Leave out the keys of an object that stand for nothing, as servers do (CONTRACT §1.1)."""
    if not isinstance(said, dict):
        return said
    return {key: value for key, value in said.items() if value is not None and value not in ABSENT}


def _one_or_zero(value: Any) -> Any:
    return value.strip().lower() if isinstance(value, str) else value


JsonText = BeforeValidator(_from_json_text)
CsvList = BeforeValidator(_split)

Email = Annotated[str, BeforeValidator(_decoded_again), Field(min_length=3, max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]
Phone = Annotated[str, Field(min_length=5, max_length=32, pattern=r"^[\s+\d()./-]+$")]
Identifier = Annotated[str, Field(min_length=1, max_length=255)]
Flag = Annotated[bool, BeforeValidator(_one_or_zero)]
Day = Annotated[date, PlainSerializer(lambda day: day.strftime(DATE), return_type=str)]
NumericId = Annotated[str, PlainSerializer(lambda text: int(text) if text.isdecimal() else text, return_type=int | str)]
Variables = Annotated[dict[str, JsonValue], JsonText]
