"""How a file is read: what a person chose, and what was taken as likely where nobody chose."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_HEADING = 0


@dataclass(frozen=True)
class Reading:
    """None: not chosen. `heading` is the number of the row with the names of the columns, or NO_HEADING.

    `sheets` and `above` are what was found: the sheets of the file, and the rows above the headings, as text.
    """

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    heading: int | None = None
    sheets: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)

    def kept(self) -> dict[str, Any]:
        return asdict(self)


AS_LIKELY = Reading()


def restored(kept: Mapping[str, Any]) -> Reading:
    """Give the reading that was kept."""
    known = Reading.__dataclass_fields__
    return Reading(**{name: value for name, value in kept.items() if name in known})
