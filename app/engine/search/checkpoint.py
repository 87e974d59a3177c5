"""How far an index has come: up to which change of which product."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

FILE = "mark.json"


@dataclass(frozen=True)
class Mark:
    """A change of a product: when, and the number of its row."""

    at: datetime
    number: int = 0

    @classmethod
    def of(cls, folder: Path) -> Mark:
        """Read the mark of an index; the beginning of time if there is none."""
        try:
            return cls(datetime.fromisoformat(json.loads((folder / FILE).read_text())["at"]))
        except (OSError, ValueError, KeyError):
            return BEGINNING

    def leave(self, folder: Path) -> None:
        """Write it beside the index, whole or not at all."""
        fresh = folder / f"{FILE}.new"
        fresh.write_text(json.dumps({"at": self.at.isoformat()}))
        fresh.replace(folder / FILE)


BEGINNING = Mark(datetime(1970, 1, 2))  # noqa: DTZ001  # the database keeps UTC without a zone
