"""A job that is begun, and what does it."""

import pytest

from app.work.worker import Worker
from tests.pages.jobs.looking import PAGE


@pytest.fixture
def left(marketer, monkeypatch):
    """A batch of 101 links, and its page: the request that began it made none of them."""
    monkeypatch.setattr("app.pages.links.proceed.SECONDS", 0.0)
    lines = "\n".join(f"{PAGE}/{number}" for number in range(101))
    page = marketer.get("/links/shorten-many").press("Shorten the links", lines=lines)
    assert "0 of 101" in page.text
    return page


@pytest.fixture
def worker(app):
    return Worker(app)
