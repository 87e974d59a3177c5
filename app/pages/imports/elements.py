"""From rows of a file to what REES46 is sent: every cell read, every fault named."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.pages.imports.fields import CONSENTS, CUSTOM, IDENTIFIERS, read_as
from app.web.cells.tidying import Unfit

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
    def digests(self) -> list[str]:
        """Every identifier, unreadable: two rows that share any of them may be one customer."""
        return [hashlib.sha256(f"{kind} {value}".encode()).hexdigest()[:16] for kind, value in self.keys.items()]

    @property
    def consents(self) -> dict[str, bool]:
        return {name: bool(value) for name, value in self.said.items() if name in CONSENTS}


def elements_of(batch: Batch, rows: Iterable[Any]) -> list[Element]:
    """Read rows as the columns of a batch say."""
    columns = {int(place): target for place, target in batch.columns.items()}
    return [_element(number, cells, batch.header, columns) for number, cells in rows]


def _element(number: int, cells: list[str], header: list[str], columns: dict[int, str]) -> Element:
    element = Element(number, cells)
    if any(cells[len(header) :]):
        element.faults.append({"code": "wide"})
    for place, target in columns.items():
        try:
            value = read_as(target, cells[place])
        except Unfit as unfit:
            element.faults.append({"code": unfit.code, "column": header[place]})
            continue
        if value is not None:
            element.said[header[place] if target == CUSTOM else target] = value
    if not element.keys and not element.faults:
        element.faults.append({"code": "nobody"})
    return element
