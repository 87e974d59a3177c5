"""`GET /<code>`: where a short link leads to."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import BaseConverter, Rule, ValidationError
from werkzeug.urls import iri_to_uri

from app.engine.answers import Refusal
from app.engine.http.html import page
from app.engine.reserved_paths import words_of
from app.engine.store import links
from app.engine.store.clock import machine_time
from app.engine.store.link_clicks import ClickBuffer
from app.rees46.links import CODE

if TYPE_CHECKING:
    from datetime import datetime
    from wsgiref.types import WSGIEnvironment

    from werkzeug.datastructures import Headers
    from werkzeug.wrappers import Response as AnyResponse

    from app.database import Database
    from app.engine.store.cache import Memory
    from app.engine.store.db import Db
    from app.engine.store.links import Destination

FOLLOWED = ("GET", "HEAD")
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
HEADERS = {
    "Content-Length": "0",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class LeadsOn(Response):
    """A redirect whose Location goes out as it stands: Werkzeug would write it anew, in lower case, or fail."""

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:  # noqa: ARG002  # of werkzeug
        return self.headers


class Code(BaseConverter):
    """A code is one word that no path of the API begins with, so that a wrong method there stays a 405."""

    regex = CODE.strip("^$")

    def to_python(self, value: str) -> str:
        if value in self.reserved:
            raise ValidationError
        return value

    @cached_property
    def reserved(self) -> frozenset[str]:
        """Read the paths once, at the first request, when all of them are there."""
        return words_of(self.map)


def init_app(app: Flask) -> None:
    """Add the route."""
    app.url_map.converters["code"] = Code
    # A rule with methods of its own would name them among those that are allowed at every other path of one word.
    app.url_map.add(Rule("/<code:code>", endpoint="pages.redirect"))
    app.view_functions["pages.redirect"] = follow
    app.extensions["clicks"] = ClickBuffer(app.extensions["db"])


def follow(code: str) -> AnyResponse:
    """Lead on, and count the click; browsers shall not keep it, for the code may lead elsewhere tomorrow."""
    if request.method not in FOLLOWED:
        raise MethodNotAllowed(FOLLOWED)
    found, at = _found(request.host.partition(":")[0].lower(), code)
    if found:
        if request.method == "GET":
            clicks: ClickBuffer = current_app.extensions["clicks"]
            clicks.add(found.link_id, at.date())
        return LeadsOn(status=302, headers={"Location": location(found.url), **HEADERS})
    if "text/html" in request.headers.get("Accept", ""):
        return page("no_link.html", 404)
    raise Refusal(404, "There is no such link, or its days are over")


def _found(domain: str, code: str) -> tuple[Destination | None, datetime]:
    """Find where a code leads, and at which moment; what was read of this state of the database is remembered."""
    database: Database[Db] = current_app.extensions["db"]
    memory: Memory = current_app.extensions["memory"]
    if current_app.extensions["settings"].box_control:  # its clock may be set, in the database
        with database.reading() as db:
            return links.destination(db, domain, code), db.now
    known, key = memory.of(database.version()), ("link", domain, code)
    found: Destination | None = known.get(key)
    if found is None:
        with database.reading() as db:
            found = known.once(key, lambda: links.destination(db, domain, code))
    at = machine_time()
    return (found if found and found.expires > at else None), at


def location(url: str) -> str:
    """Write a URL for a header: as it stands when a header can hold it, and never fail over one that is odd."""
    if url.isascii() and " " not in url:
        return url
    try:
        uri = iri_to_uri(url) if url[:4].lower() == "http" else url
    except ValueError:
        uri = url
    return quote(uri, safe=PRINTABLE)
