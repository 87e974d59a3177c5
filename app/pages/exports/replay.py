"""Read a list once more as a person saw it, from its address and outside of their request."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flask import current_app, g, request
from werkzeug.exceptions import HTTPException

from app.web.shops import shop
from app.web.sign_in.access import roles_for
from app.web.sign_in.login import me
from app.work.acting import MayNot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.web.http.csv import Table


def is_readable(address: str) -> bool:
    """Whether an address is one of this shop's, and of a view whose role the person has."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return False
    try:
        endpoint, values = current_app.url_map.bind("").match(parts.path, method="GET")
    except HTTPException:
        return False
    return values.get("shop") == shop().slug and me().may(roles_for(endpoint, "GET"))


def page_of(address: str) -> str:
    """Give the address of the list itself, where that of its file is one of its arguments."""
    parts = urlsplit(address)
    left = [(name, value) for name, value in parse_qsl(parts.query) if name != "as"]
    return urlunsplit(parts._replace(query=urlencode(left)))


@contextmanager
def table_of(address: str) -> Iterator[Table]:
    """Give the table that a view answers, for as long as its request lasts; MayNot where it gives them none."""
    if not is_readable(address):
        raise MayNot
    with current_app.test_request_context(address):
        g._login_user = me()  # noqa: SLF001  # where Flask-Login keeps who is here
        wanted: list[Table] = []
        g.tables_wanted = wanted
        values = {name: value for name, value in (request.view_args or {}).items() if name != "shop"}
        try:
            current_app.view_functions[request.endpoint or ""](**values)
        except HTTPException as refused:
            raise MayNot from refused
        if not wanted:
            raise MayNot
        yield wanted[0]
