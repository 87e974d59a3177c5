"""A whole installation for a bench: both databases in a folder that goes away, and somebody signed in."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

from app import create_app
from app.engine.http.app import create_box
from tests.furnishing import PASSWORD, furnish, settings_in
from tests.page import sign_in
from tests.tab import Tab


class Installation:
    """A desk over its box, small until a bench fills it."""

    def __init__(self, folder: Path) -> None:
        self.settings = settings_in(folder)
        furnish(self.settings)
        self.box = create_box(self.settings)
        self.app = create_app(self.settings, self.box)
        self.desk = self.app.extensions["desk"]
        self.app.test_client_class = Tab
        self.person = sign_in(self.app.test_client(), "admin@desk46.test", PASSWORD)
        self.client = self.person.client

    def open(self, path: str) -> None:
        answer = self.client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status}"


@contextmanager
def installation():
    with tempfile.TemporaryDirectory(prefix="desk46-bench-") as folder:
        yield Installation(Path(folder))
