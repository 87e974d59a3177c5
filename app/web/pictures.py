"""Pictures of products: the desk fetches them itself, since pages take nothing from another host.

Only addresses that a page named can be asked for (they are signed), only public ones are called, and only pictures of a
reasonable size are given.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from flask import Response, abort, current_app, url_for
from itsdangerous import BadSignature, URLSafeSerializer

from app.rees46.client import new_session
from app.rees46.network import read_public
from app.web.context import settings
from app.web.rees46 import address_of
from app.web.shops import shop

if TYPE_CHECKING:
    from flask import Flask

LARGEST = 2 * 1024 * 1024
SECONDS = 5.0
ROOM = 32 * 1024 * 1024  # bytes of pictures that a process remembers
MISSED = 60.0  # seconds for which a picture that was not there is not asked for again
KINDS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
}
DRAWN = "image/svg+xml"
NOTHING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z" fill="#8884"/></svg>'


@dataclass(frozen=True)
class Picture:
    """What was fetched; a kind of its own says that nothing was there, and until when that holds."""

    body: bytes
    kind: str
    until: float = float("inf")

    @property
    def is_there(self) -> bool:
        return self.until == float("inf")


class Pictures:
    """The pictures that this process fetched last."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: OrderedDict[str, Picture] = OrderedDict()
        self._size = 0

    def find(self, url: str) -> Picture | None:
        with self._lock:
            found = self._kept.get(url)
            if found:
                self._kept.move_to_end(url)
        return found if found and found.until > time.monotonic() else None

    def keep(self, url: str, picture: Picture) -> None:
        with self._lock:
            self._size += len(picture.body) - len(self._kept[url].body if url in self._kept else b"")
            self._kept[url] = picture
            while self._size > ROOM:
                _url, gone = self._kept.popitem(last=False)
                self._size -= len(gone.body)


def init_app(app: Flask) -> None:
    app.extensions["pictures"] = Pictures()
    app.extensions["picture_session"] = new_session(public_only=True)
    app.add_template_filter(picture_url)


def picture_url(url: str) -> str:
    """Give the address under which the desk shows a picture."""
    return url_for("customers.picture", token=_signer().dumps(url))


def send(token: str) -> Response:
    """Send a picture; where there is none, a grey square, for a page is no worse without."""
    try:
        url = str(_signer().loads(token))
    except BadSignature:
        abort(404)
    picture = read(url)
    answer = Response(picture.body, mimetype=picture.kind)
    answer.headers["Cache-Control"] = "private, max-age=86400" if picture.is_there else "no-store"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer


def read(url: str) -> Picture:
    """Read a picture, or remember it; a grey square where there is none."""
    pictures: Pictures = current_app.extensions["pictures"]
    picture = pictures.find(url)
    if picture is None:
        found = _drawn_by_the_box(url) or _fetched(url)
        picture = found or Picture(NOTHING, DRAWN, time.monotonic() + MISSED)
        pictures.keep(url, picture)
    return picture


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().key.oldest_first, salt="picture")


def _drawn_by_the_box(url: str) -> Picture | None:
    """Let the box draw what its demo shop only names; no real shop has such pictures."""
    box = str(current_app.extensions["box_url"])
    if address_of(shop()) != box:
        return None
    asked = f"{box}/pictures?{urlencode({'of': url})}"
    body = read_public(current_app.extensions["rees46_session"], asked, LARGEST, SECONDS)
    return Picture(body, DRAWN) if body and body.startswith(b"<svg") else None


def _fetched(url: str) -> Picture | None:
    if urlsplit(url).scheme not in {"http", "https"}:
        return None
    body = read_public(current_app.extensions["picture_session"], url, LARGEST, SECONDS)
    kind = kind_of(body) if body else None
    return Picture(body, kind) if body and kind else None


def kind_of(body: bytes) -> str | None:
    """Tell a picture by how it begins, whatever its server calls it; a drawing may hold script and is none."""
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    if body[4:12] in {b"ftypavif", b"ftypavis"}:
        return "image/avif"
    return next((kind for start, kind in KINDS.items() if body.startswith(start)), None)
