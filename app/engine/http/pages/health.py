"""`GET /health`: whether this process is alive and its database there. `GET /ready`: whether it can be written to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response, current_app, jsonify
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from app.engine.store.schema import box

if TYPE_CHECKING:
    from app.database import Database
    from app.engine.store.db import Db


def init_app(app: Flask) -> None:
    """Add the routes."""
    app.add_url_rule("/health", "pages.health", health)
    app.add_url_rule("/ready", "pages.ready", ready)


def health() -> Response:
    """Ask the database for nothing, and say that it answered."""
    database: Database[Db] = current_app.extensions["db"]
    with database.reading() as db:
        db.execute(text("SELECT 1"))
    return jsonify({"status": "success"})


def ready() -> tuple[Response, int]:
    """Say whether the database has the present shape and can be written to."""
    database: Database[Db] = current_app.extensions["db"]
    try:
        if not box.is_at_head(database):
            return jsonify({"status": "error", "message": "The database is not migrated"}), 503
        database.prove_writable()
    except (SQLAlchemyError, OSError):
        return jsonify({"status": "error", "message": "The database cannot be written to"}), 503
    return jsonify({"status": "success"}), 200
