"""From rows of a file to what REES46 is sent: every cell read, every fault named."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from app.pages.imports.fields import CONSENTS, IDENTIFIERS, LONGEST, TELLING, WHOLE_NUMBERS, fields_of, read_as
from app.store.imports import SUPPRESSED
from app.web.cells.emails import addresses_in, parts_of
from app.web.cells.tidying import Unfit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic import JsonValue

    from app.store.imports import Batch

FRACTION = "fraction"  # a cell that can be read, and that REES46 could not keep as it is


@dataclass
class Element:
    """One customer as a row describes them."""

    row: int
    cells: list[str]
    said: dict[str, JsonValue] = field(default_factory=dict)
    faults: list[dict[str, Any]] = field(default_factory=list)  # why it cannot be sent
    left_out: list[dict[str, Any]] = field(default_factory=list)  # cells that are not sent, though their row is
    holds: list[dict[str, Any]] = field(default_factory=list)  # why somebody has to decide first

    @property
    def keys(self) -> dict[str, str]:
        """The identifiers, the one that REES46 looks at first in front."""
        return {kind: str(self.said[kind]) for kind in IDENTIFIERS if kind in self.said}

    @property
    def key(self) -> tuple[str, str]:
        return next(iter(self.keys.items()))

    @property
    def digests(self) -> dict[str, str]:
        """Every identifier, unreadable, and its kind: two rows that share any of them may be one customer."""
        return {digest(kind, str(self.said[kind])): kind for kind in TELLING if kind in self.said}

    @property
    def consents(self) -> dict[str, bool]:
        return {name: bool(value) for name, value in self.said.items() if name in CONSENTS}


def digest(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind} {value}".encode()).hexdigest()[:16]


def elements_of(batch: Batch, rows: Iterable[Any]) -> list[Element]:
    """Read rows as the columns of a batch say."""
    columns = {int(place): target for place, target in batch.columns.items()}
    if batch.kind == SUPPRESSED:
        place = next(iter(columns))
        return [address for number, cells in rows for address in _addresses(number, cells, batch.header, place)]
    lenient = set(batch.lenient)
    return [_element(number, cells, batch.header, columns, lenient) for number, cells in rows]


def _addresses(number: int, cells: list[str], header: list[str], place: int) -> list[Element]:
    """Read a row of a list of addresses: a cell may hold several, and each of them counts for itself."""
    try:
        _refuse_wide(cells, header)
        address = read_as("email", cells[place])
        found = [str(address)] if address else []
    except Unfit as unfit:
        found = addresses_in(cells[place]) if unfit.code == "emails" else []
        if not found and (parts := parts_of(cells[place])):
            return [_part(number, cells, part, header, place) for part in parts]
        if unfit.code != "emails":
            return [Element(number, cells, faults=[_fault(unfit, header, place)])]
    if not found:
        return [Element(number, cells, faults=[{"code": "nobody"}])]
    return [Element(number, cells, said={"email": address}) for address in found]


def _part(number: int, cells: list[str], part: str, header: list[str], place: int) -> Element:
    """Read one of several addresses of a cell, some of which are none."""
    try:
        return Element(number, cells, said={"email": read_as("email", part)})
    except Unfit as unfit:
        return Element(number, cells, faults=[_fault(unfit, header, place) | {"part": part[:LONGEST]}])


def _element(number: int, cells: list[str], header: list[str], columns: dict[int, str], lenient: set[int]) -> Element:
    element = Element(number, cells)
    try:
        _refuse_wide(cells, header)
    except Unfit as unfit:
        element.faults.append({"code": unfit.code})
    for place, target in columns.items():
        try:
            value = read_as(target, cells[place])
        except Unfit as unfit:
            (element.left_out if place in lenient else element.faults).append(_fault(unfit, header, place))
            continue
        if target in WHOLE_NUMBERS and isinstance(value, float):
            element.left_out.append({"code": FRACTION, "column": header[place], "place": place})
        elif value is not None:
            element.said |= dict.fromkeys(fields_of(target, header[place]), value)
    if not element.keys and not element.faults:
        element.faults += [*element.left_out, {"code": "nobody"}]
    return element


def _refuse_wide(cells: list[str], header: list[str]) -> None:
    if any(cells[len(header) :]):
        raise Unfit("wide")


def _fault(unfit: Unfit, header: list[str], place: int) -> dict[str, Any]:
    is_of_column = unfit.code != "wide"
    return {"code": unfit.code} | ({"column": header[place], "place": place} if is_of_column else {})
