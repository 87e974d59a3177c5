"""From rows of a file to what REES46 is sent: every cell read, every fault named."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.pages.imports.fields import CONSENTS, CUSTOM, IDENTIFIERS, Fault, read_as

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import JsonValue

    from app.store.imports import Batch


@dataclass
class Element:
    """One customer as a row describes them."""

    row: int
    cells: list[str]
    said: dict[str, JsonValue] = field(default_factory=dict)
    faults: list[dict[str, Any]] = field(default_factory=list)

    @property
    def keys(self) -> dict[str, str]:
        """The identifiers, the one that REES46 looks at first in front."""
        return {kind: str(self.said[kind]) for kind in IDENTIFIERS if kind in self.said}

    @property
    def key(self) -> tuple[str, str]:
        return next(iter(self.keys.items()))

    @property
    def digest(self) -> str:
        kind, value = self.key
        return hashlib.sha256(f"{kind} {value}".encode()).hexdigest()[:16]

    @property
    def consents(self) -> dict[str, bool]:
        return {name: bool(value) for name, value in self.said.items() if name in CONSENTS}


def elements_of(batch: Batch, rows: Iterable[Any]) -> list[Element]:
    """Read rows as the columns of a batch say."""
    columns = {int(place): target for place, target in batch.columns.items()}
    return [_element(number, cells, batch.header, columns) for number, cells in rows]


def _element(number: int, cells: list[str], header: list[str], columns: dict[int, str]) -> Element:
    element = Element(number, cells)
    if len(cells) > len(header):
        element.faults.append({"code": "wide"})
    for place, target in columns.items():
        if not (text := cells[place]):
            continue
        try:
            element.said[header[place] if target == CUSTOM else target] = read_as(target, text)
        except Fault as fault:
            element.faults.append({"code": fault.code, "column": header[place]})
    if not element.keys and not element.faults:
        element.faults.append({"code": "nobody"})
    return element
