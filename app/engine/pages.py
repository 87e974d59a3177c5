"""The box's own pages: small, plain, without a script, and under the same strict policy as the dashboard's."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from flask import Response, url_for
from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parents[2] / "templates" / "box"
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def page(template: str, status: int = 200, **context: Any) -> Response:
    """Answer with a page of templates/box."""
    text = _templates().get_template(template).render(context, url_for=url_for)
    return Response(text, status, HEADERS, mimetype="text/html")


@cache
def _templates() -> Environment:
    """Keep the templates apart from the dashboard's: neither side needs the other."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
