"""A list that is held whole, such as one that REES46 gives at once: the page of it that the address asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from flask import request

from app.store.paging import Slice
from app.web.paging_args import url_with, whole_number

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = TypeVar("Row")
ON_A_PAGE = 50


@dataclass(frozen=True)
class Numbered(Generic[Row]):
    """Which rows of how many are shown (`?from=50`), and where those before and after them are."""

    rows: list[Row]
    first: int
    total: int
    before_url: str | None
    after_url: str | None

    @property
    def slice(self) -> Slice[Row]:
        """The rows as a list takes them."""
        return Slice(self.rows, None, None)


def numbered(rows: Sequence[Row], on_a_page: int = ON_A_PAGE) -> Numbered[Row]:
    """Give a page of rows; a file has them all."""
    total = len(rows)
    if request.args.get("as") == "csv":
        return Numbered(list(rows), 0, total, None, None)
    first = min(max(whole_number(request.args.get("from")) or 0, 0), max(total - 1, 0))
    after = first + on_a_page
    before_url = url_with(**{"from": max(first - on_a_page, 0)}) if first else None
    return Numbered(
        list(rows[first:after]), first, total, before_url, url_with(**{"from": after}) if after < total else None
    )
