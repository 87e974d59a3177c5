"""`GET /<code>`: where a short link leads to."""

from __future__ import annotations

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
from app.rees46.links import CODE

if TYPE_CHECKING:
    from wsgiref.types import WSGIEnvironment

    from werkzeug.datastructures import Headers
    from werkzeug.wrappers import Response as AnyResponse

    from app.database import Database
    from app.engine.store.db import Db

FOLLOWED = ("GET", "HEAD")
PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
HEADERS = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}


class LeadsOn(Response):
    """A redirect whose Location goes out as it stands: Werkzeug would write it anew, in lower case, or fail."""

    def get_wsgi_headers(self, environ: WSGIEnvironment) -> Headers:
        leads_to = self.headers.pop("Location")
        headers = super().get_wsgi_headers(environ)
        headers["Location"] = self.headers["Location"] = leads_to
        return headers


class Code(BaseConverter):
    """A code is one word that no path of the API begins with, so that a wrong method there stays a 405."""

    regex = CODE.strip("^$")

    def to_python(self, value: str) -> str:
        if value in words_of(self.map):
            raise ValidationError
        return value


def init_app(app: Flask) -> None:
    """Add the route."""
    app.url_map.converters["code"] = Code
    # A rule with methods of its own would name them among those that are allowed at every other path of one word.
    app.url_map.add(Rule("/<code:code>", endpoint="pages.redirect"))
    app.view_functions["pages.redirect"] = follow


def follow(code: str) -> AnyResponse:
    """Lead on; browsers shall not keep it, for the code may lead elsewhere tomorrow."""
    if request.method not in FOLLOWED:
        raise MethodNotAllowed(FOLLOWED)
    database: Database[Db] = current_app.extensions["db"]
    with database.reading() as db:
        url = links.destination(db, request.host.partition(":")[0].lower(), code)
    if url:
        return LeadsOn(status=302, headers={"Location": location(url), **HEADERS})
    if "text/html" in request.headers.get("Accept", ""):
        return page("no_link.html", 404)
    raise Refusal(404, "There is no such link, or its days are over")


def location(url: str) -> str:
    """Write a URL for a header: as it stands when a header can hold it, and never fail over one that is odd."""
    if url.isascii() and " " not in url:
        return url
    try:
        uri = iri_to_uri(url) if url[:4].lower() == "http" else url
    except ValueError:
        uri = url
    return quote(uri, safe=PRINTABLE)
