"""One list for every page: filters, those in use, rows, the way to older ones, and the same rows as a file.

A view says how a page of rows is read; `list_page` shows it, or sends all of it as CSV where `?as=csv` is asked:

    return list_page("trail/index.html", lambda db, at: _listing(db, form, at))
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic

from flask import abort, request, url_for

from app.web.context import desk
from app.web.forms.filters import Applied
from app.web.http.csv import csv_answer
from app.web.paging_args import page_urls, place, url_with
from app.web.render import render
from app.web.tables.columns import Column, Row, as_text, list_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue
    from markupsafe import Markup
    from sqlalchemy.orm import Session

    from app.store.paging import Slice
    from app.web.forms.filters import Filters
    from app.web.tables.numbered import Numbered

IN_FILE = 500  # rows that are read at once for a file


@dataclass(frozen=True)
class Narrowed:
    """What narrows a list beside its form, such as a customer: its argument of the address, and in words."""

    name: str
    value: str
    words: str


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """A page of a list. `file` names its file, where there is one; `keeps` are arguments that say which list it is."""

    caption: str
    columns: Sequence[Column[Row]]
    found: Slice[Row]
    form: Filters | None = None
    file: str = ""
    narrowed: Sequence[Narrowed] = ()
    keeps: Mapping[str, str] = field(default_factory=dict)
    turns: tuple[str | None, str | None] | None = None  # addresses of newer and older rows, of lists without a key
    numbered: Numbered[Row] | None = None  # of a list that is held whole
    note: str = ""  # what stands beside the pager

    @property
    def rows(self) -> Sequence[Row]:
        return self.found.rows

    @cached_property
    def table(self) -> Markup:
        return list_table(self.caption, self.columns, self.found.rows)

    @cached_property
    def applied(self) -> list[Applied]:
        """The filters in use, each with the way to the same list without it."""
        beside = [Applied(one.words, url_with(**{one.name: None})) for one in self.narrowed]
        return beside + (self.form.applied() if self.form is not None else [])

    @property
    def hidden(self) -> dict[str, str]:
        """What goes along when other filters are chosen."""
        return {**self.keeps, **{one.name: one.value for one in self.narrowed}}

    @property
    def url(self) -> str:
        """The same list without any filter."""
        return url_for(request.endpoint or "home.index", **{**(request.view_args or {}), **self.keeps})

    @property
    def action(self) -> str:
        """Where the form of filters leads; `keeps` goes along as fields."""
        return url_for(request.endpoint or "home.index", **(request.view_args or {}))

    @property
    def csv_url(self) -> str | None:
        return url_with(**{"as": "csv"}) if self.file and self.rows else None

    @cached_property
    def newer_url(self) -> str | None:
        return self.turns[0] if self.turns else page_urls(self.found.older, self.found.newer)["newer_url"]

    @cached_property
    def older_url(self) -> str | None:
        return self.turns[1] if self.turns else page_urls(self.found.older, self.found.newer)["older_url"]


Read = Callable[["Session", dict[str, Any]], Listing[Any]]


def list_page(template: str, read: Read, status: int | None = None, **context: Any) -> ResponseReturnValue:
    """Show a list, or send it. `read` gives the page of rows at a place, which is handed to `newest` as it is."""
    is_file = request.args.get("as") == "csv"
    at: dict[str, Any] = {"limit": IN_FILE} if is_file else dict(place())
    with desk().reading() as db:
        listed = read(db, at)
    if is_file:
        columns = [column for column in listed.columns if column.in_file]
        name = listed.file or abort(403)
        return csv_answer(name, [str(column.label) for column in columns], _lines(listed, read))
    return render(template, status, **{"listed": listed, "form": listed.form, **context})


def _lines(listed: Listing[Any], read: Read) -> Iterator[list[object]]:
    """Walk through the list by key; each part is read in a transaction of its own."""
    while True:
        yield from ([as_text(column, row) for column in listed.columns if column.in_file] for row in listed.rows)
        if listed.found.older is None:
            return
        with desk().reading() as db:
            listed = read(db, {"limit": IN_FILE, "before": listed.found.older})
