"""Fixtures for tests of pages."""

import pytest

from app.engine.search.indexer import Indexer


@pytest.fixture
def indexed(settings, box):
    """A box whose search index is up to date, as its worker keeps it."""
    Indexer(settings, box.extensions["db"]).round()
