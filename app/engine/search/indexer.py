"""The indexer: brings the indexes of all shops up to date beside the worker.

It only reads from the database, so that it holds up nobody.
"""

from __future__ import annotations

import threading

import structlog
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from app.config import Settings
from app.database import Database
from app.engine.search.writer import ShopIndex
from app.engine.store.db import Db
from app.engine.store.shops import Shop

LOOK_SECONDS = 0.5

log = structlog.get_logger("app.engine.search")


class Indexer:
    """Looks for products that changed, and puts them into the index of their shop."""

    def __init__(self, settings: Settings, database: Database[Db]) -> None:
        self.settings = settings
        self.database = database
        self.shops: dict[int, ShopIndex] = {}

    def run(self, told_to_stop: threading.Event) -> None:
        """Work until told to stop."""
        while not told_to_stop.wait(LOOK_SECONDS):
            try:
                self.round()
            except DBAPIError as error:
                log.warning("the database refused", kind=type(error.orig).__name__)

    def round(self) -> None:
        """Bring the index of every shop up to date."""
        with self.database.reading() as db:
            numbers = db.scalars(select(Shop.id)).all()
        for number in numbers:
            if number not in self.shops:
                self.shops[number] = ShopIndex(self.settings, self.database, number)
            try:
                self.shops[number].catch_up()
            except (OSError, ValueError) as error:  # the disk is full, or another worker holds the lock
                log.info("an index was not written", kind=type(error).__name__, shop=number)
