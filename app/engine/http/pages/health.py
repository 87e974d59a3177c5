"""`GET /health`: whether this process is alive and its database there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, jsonify
from sqlalchemy import text

if TYPE_CHECKING:
    from app.database import Database
    from app.engine.store.db import Db


def init_app(app: Flask) -> None:
    """Add the route."""
    app.add_url_rule("/health", "pages.health", health)


def health() -> Response:
    """Ask the database for nothing, and say that it answered."""
    database: Database[Db] = current_app.extensions["db"]
    with database.reading() as db:
        db.execute(text("SELECT 1"))
    return jsonify({"status": "success"})
