"""`GET /box.css`: how the box's own pages look. The colours and spaces are the dashboard's."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Response

if TYPE_CHECKING:
    from flask import Flask

STATIC = Path(__file__).parents[4] / "static"
SHEETS = ("css/tokens.css", "css/reset.css", "box/box.css")


def init_app(app: Flask) -> None:
    """Add the route."""
    app.add_url_rule("/box.css", "pages.style", style)


def style() -> Response:
    """Send the sheets as one."""
    return Response(_sheets(), mimetype="text/css", headers={"Cache-Control": "max-age=60"})


@cache
def _sheets() -> bytes:
    return b"@layer reset, tokens, base;\n" + b"".join((STATIC / sheet).read_bytes() for sheet in SHEETS)
