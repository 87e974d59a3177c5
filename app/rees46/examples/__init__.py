"""A request and a reply of each operation, as the vendor publishes them: independent of what the contract says.

Tests hold the contract to them, and they are the examples of the OpenAPI document and of the reference. Never change
one to please the code. `sample` says what stands there for names that are printed as placeholders or that no shop has:
names of the demo shop, so that it answers.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from ..operation import Operation  # noqa: TID252  # the contract can be copied out under another name

FOLDER = Path(__file__).parent  # a file `<operation>.json` for each


@dataclass(frozen=True)
class Example:
    """One call and what is answered to it: nothing where the answer has no body."""

    call: Operation[Any]
    reply: JsonValue


@cache
def example_of(kind: type[Operation[Any]]) -> Example:
    """Read the example of an operation; the reply is written as a server of today writes it."""
    told = json.loads((FOLDER / f"{kind.name()}.json").read_text())
    reply = kind.write(kind.read(told["reply"]))
    said = reply.decode() if kind.http.replies == "text" else json.loads(reply or "null")
    return Example(kind.model_validate(told["request"]["parameters"] | told.get("sample", {})), said)
