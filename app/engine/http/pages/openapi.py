"""`GET /openapi.json`: the description of all operations, for tools; it holds nothing of any shop.

Its examples name the demo shop, so that they can be sent as they are where there is one.
"""

from __future__ import annotations

from flask import Flask, Response, jsonify, request

from app.rees46.openapi import document


def init_app(app: Flask) -> None:
    """Add the route."""
    app.add_url_rule("/openapi.json", "pages.openapi", openapi)


def openapi() -> Response:
    """Describe the operations at the address by which the box was reached."""
    return jsonify(document(request.url_root.rstrip("/"), "demo"))
