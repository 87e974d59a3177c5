"""The box's own pages: small, plain, without a script, and under the same strict policy as the dashboard's."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from flask import Response, url_for
from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parents[3] / "templates" / "box"
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
CHANNELS = {"sms": "SMS", "email": "E-mail", "web_push": "Web push", "mobile_push": "Mobile push"}
LARGEST_ROW = 2**31 - 1
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


def text_page(html: str, policy: str) -> Response:
    """Answer with a page that somebody else wrote, under a policy of its own."""
    return Response(html, headers=HEADERS | {"Content-Security-Policy": policy}, mimetype="text/html")


def row(said: str) -> int:
    """Read the number of a row from an address; what no database counts up to is none."""
    number = int(said)
    if not 0 < number <= LARGEST_ROW:
        raise ValueError(said)
    return number


@cache
def _templates() -> Environment:
    """Keep the templates apart from the dashboard's: neither side needs the other."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = lambda moment: moment.strftime("%Y-%m-%d %H:%M:%S")
    environment.filters["channel"] = CHANNELS.__getitem__
    return environment
