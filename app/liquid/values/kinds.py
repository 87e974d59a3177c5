"""Values that JSON does not have: ranges, and the objects that tell a loop where it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from app.liquid.errors import TooMuch

LONGEST_RANGE = 1_000_000  # numbers that are written out


@dataclass(frozen=True)
class Range:
    """The whole numbers from one to another, both included: `(1..5)`."""

    first: int
    last: int

    def __len__(self) -> int:
        return max(0, self.last - self.first + 1)

    def __bool__(self) -> bool:
        return True

    def __iter__(self) -> Iterator[int]:
        if self.last - self.first >= LONGEST_RANGE:
            raise TooMuch(f"a range goes beyond the limit of {LONGEST_RANGE:,} numbers")
        return iter(range(self.first, self.last + 1))


class Drop:
    """An object whose properties a template may ask for, but which it cannot change: `forloop`."""

    ruby_name: ClassVar[str]
    properties: ClassVar[frozenset[str]]

    def __getitem__(self, name: object) -> Any:
        return getattr(self, name) if isinstance(name, str) and name in self.properties else None


class ForLoop(Drop):
    """`forloop`: how far a loop is."""

    ruby_name = "Liquid::ForloopDrop"
    properties = frozenset({"name", "length", "parentloop", "index", "index0", "rindex", "rindex0", "first", "last"})

    def __init__(self, name: str, length: int, parentloop: ForLoop | None = None) -> None:
        self.name = name
        self.length = length
        self.parentloop = parentloop
        self.index0 = 0

    @property
    def index(self) -> int:
        return self.index0 + 1

    @property
    def rindex(self) -> int:
        return self.length - self.index0

    @property
    def rindex0(self) -> int:
        return self.length - self.index0 - 1

    @property
    def first(self) -> bool:
        return self.index0 == 0

    @property
    def last(self) -> bool:
        return self.index0 == self.length - 1

    def advance(self) -> None:
        self.index0 += 1


class TableRowLoop(ForLoop):
    """`tablerowloop`: how far a table is, and in which row and column."""

    ruby_name = "Liquid::TablerowloopDrop"
    properties = (ForLoop.properties - {"name", "parentloop"}) | {"col", "col0", "row", "col_first", "col_last"}

    def __init__(self, length: int, columns: int) -> None:
        super().__init__("", length)
        self.columns = columns
        self.row = self.col = 1

    @property
    def col0(self) -> int:
        return self.col - 1

    @property
    def col_first(self) -> bool:
        return self.col == 1

    @property
    def col_last(self) -> bool:
        return self.col == self.columns

    def advance(self) -> None:
        super().advance()
        if self.col == self.columns:
            self.row, self.col = self.row + 1, 1
        else:
            self.col += 1
