"""Encrypting anew what the box keeps: the secrets of its shops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app import re_encrypting
from app.database import Database
from app.engine import store
from app.engine.store.base import Base
from app.engine.store.db import Db
from app.re_encrypting import Ways
from app.schema import load_models

if TYPE_CHECKING:
    from collections.abc import Iterator

    from app.config import Settings
    from app.re_encrypting import Done


def re_encrypt(settings: Settings) -> Iterator[Done]:
    load_models(store)
    database = Database(settings.box_database, Db)
    try:
        yield from re_encrypting.re_encrypt(database, Base.metadata, settings.key, Ways())
    finally:
        database.engine.dispose()
