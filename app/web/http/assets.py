"""Serves style, script and icons: a few concatenated files under addresses that change with their content.

There is no build. `static/css/*.css` is sent as one `site.css` (`layers.css` first, then by name: the layers
settle the order), without comments, and `static/js/*.js` as one module, each file in a scope of its own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from flask import Flask, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from app.web.http.compression import accepted, encode
from app.web.page import open_to_all

STATIC = Path(__file__).parents[3] / "static"
COMMENT = re.compile(rb"/\*.*?\*/\s*", re.DOTALL)  # no string in our CSS holds one
FOR_EVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Asset:
    """One file as it is sent; equal content has an equal address on every machine."""

    body: bytes
    mimetype: str

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.body).hexdigest()[:12]


def init_app(app: Flask) -> None:
    app.jinja_env.globals["asset"] = asset
    app.add_url_rule("/assets/<digest>/<path:name>", "asset", send)


def asset(name: str) -> str:
    """Return the address of a file by its plain name, such as site.css."""
    return f"{request.root_path}/assets/{_find(name).digest}/{name}"  # url_for asks 40 times a page


@open_to_all
def send(digest: str, name: str) -> ResponseReturnValue:
    """Send a file; an address of an older version gets the present content, which is not kept for ever."""
    if name not in FILES:
        abort(404)
    found, encoding = _find(name), accepted()
    response = Response(_encoded(found, encoding) if encoding else found.body, mimetype=found.mimetype)
    if encoding:
        response.content_encoding = encoding
    response.headers["Cache-Control"] = FOR_EVER if digest == found.digest else "no-cache"
    response.vary.add("Accept-Encoding")
    return response


def _find(name: str) -> Asset:
    """Read a file once; while debugging, each time."""
    return _read.__wrapped__(name) if current_app.debug else _read(name)


@cache
def _read(name: str) -> Asset:
    mimetype, read = FILES[name]
    return Asset(read(), mimetype)


@cache
def _encoded(found: Asset, encoding: str) -> bytes:
    return encode(found.body, encoding, thorough=True)


def _style() -> bytes:
    files = sorted((STATIC / "css").glob("*.css"), key=lambda file: (file.name != "layers.css", file.name))
    return COMMENT.sub(b"", b"".join(file.read_bytes() for file in files))


def _script() -> bytes:
    files = sorted((STATIC / "js").glob("*.js"))
    return b"".join(b"{\n" + file.read_bytes() + b"}\n" for file in files)


def _file(path: str) -> Callable[[], bytes]:
    return (STATIC / path).read_bytes


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "site.css": ("text/css", _style),
    "site.js": ("text/javascript", _script),
    "htmx.min.js": ("text/javascript", _file("vendor/htmx.min.js")),
    "icons.svg": ("image/svg+xml", _file("vendor/icons.svg")),
    "favicon.svg": ("image/svg+xml", _file("favicon.svg")),
}
