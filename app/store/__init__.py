"""What the dashboard remembers: people, shops and keys, trail, request log, ledgers. Never a copy of REES46."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from app.database import Database
from app.store import people
from app.store.schema import desk

if TYPE_CHECKING:
    from app.config import Settings


def open_desk(settings: Settings) -> Database[Session]:
    """Open the dashboard's database."""
    return Database(settings.desk_database, Session, by_statement=True)


def upgrade(settings: Settings) -> None:
    """Bring the dashboard's database to the present shape."""
    desk.upgrade_to_head(settings.desk_database, settings.key)


def first_administrator(settings: Settings, *, temporary: bool = True) -> tuple[str, str] | None:
    """Make the first administrator and give e-mail and password; nothing if there are people already."""
    with open_desk(settings).writing() as db:
        return people.first_administrator(db, temporary=temporary)
