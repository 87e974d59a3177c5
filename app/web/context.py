"""Where a request finds the dashboard's settings and database."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

from flask import current_app
from sqlalchemy.exc import DBAPIError
from structlog import get_logger

from app.database import trouble_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.orm import Session

    from app.config import Settings
    from app.database import Database


def settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])


def desk() -> Database[Session]:
    """The database: `with desk().reading() as db:` or `.writing()`."""
    return cast("Database[Session]", current_app.extensions["desk"])


@contextmanager
def if_there_is_room() -> Iterator[None]:
    """Run what is only remembered for later: a full disk keeps nobody from reading.

    `with if_there_is_room(), desk().writing() as db:`
    """
    try:
        yield
    except DBAPIError as error:
        if trouble_of(error) != "full":
            raise
        get_logger().warning("the disk is full, something was not remembered")
