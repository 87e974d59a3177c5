"""Reading what comes in URLs: nonsense counts as nothing."""

from __future__ import annotations

from typing import TypedDict
from urllib.parse import urlencode

from flask import g, request, url_for

AS_IT_IS = "!$'()*,/:;?@"  # signs that need no percent in a query, as url_for has it
LONGEST = 18  # digits; more than a database can keep
PLACES = {
    "before",
    "after",
    "start",
    "as",
    "at",
    "skip",
}  # arguments that say where in a list one is: they narrow nothing


class Place(TypedDict):
    """Where in a keyset-paged list the reader is."""

    before: int | None
    after: int | None


class PageUrls(TypedDict):
    """Where the older and the newer rows are."""

    older_url: str | None
    newer_url: str | None


def whole_number(text: object) -> int | None:
    """Read a whole number; anything else is None."""
    said = str(text)
    return int(said) if said.isascii() and said.isdigit() and len(said) <= LONGEST else None


def place() -> Place:
    """Where in a keyset-paged list the reader is: `?before=120` or `?after=120`."""
    return {"before": whole_number(request.args.get("before")), "after": whole_number(request.args.get("after"))}


def url_with(**changes: object) -> str:
    """The address of the list that is shown, from its beginning, with some filters set otherwise (None: not set)."""
    kept = {name: value for name, value in request.args.items() if value and not _is_place(name, value)}
    here = {name: value for name, value in {**kept, **changes}.items() if value is not None}
    return f"{_path_here()}?{urlencode(here, safe=AS_IT_IS)}" if here else _path_here()


def _path_here() -> str:
    """The address of the list without any filter; a page of filters asks for it many times."""
    if "path_here" not in g:
        g.path_here = url_for(request.endpoint or "home.index", **(request.view_args or {}))
    found: str = g.path_here
    return found


def _is_place(name: str, value: str) -> bool:
    """`from` is the first row of a list that is numbered, and the first day of one that is not."""
    return name in PLACES or (name == "from" and whole_number(value) is not None)


def page_urls(older: int | None, newer: int | None) -> PageUrls:
    """The addresses of the older and the newer rows, with the filters kept."""
    return {
        "older_url": url_with(before=older) if older is not None else None,
        "newer_url": url_with(after=newer) if newer is not None else None,
    }
