"""Where a request finds the dashboard's settings and database."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from flask import current_app

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.config import Settings
    from app.database import Database


def settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])


def desk() -> Database[Session]:
    """The database: `with desk().reading() as db:` or `.writing()`."""
    return cast("Database[Session]", current_app.extensions["desk"])
