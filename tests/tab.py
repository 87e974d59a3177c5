"""The test client of the desk: a browser's tab, which stays in the shop whose page it showed last.

Tests may leave the shop out of an address, `post("/imports/new", …)`: the tab puts its own before it. Only tests may:
the product takes no form that does not say its shop.
"""

from __future__ import annotations

import re

from flask.testing import FlaskClient
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

IN_SHOP = re.compile(r"/s/([^/]+)(?=/)")


class Tab(FlaskClient):
    """A tab that begins in the shop Demo."""

    slug = "demo"

    def open(self, *args, **how):
        if args and isinstance(args[0], str):
            args = (self.full(args[0]), *args[1:])
        answer = super().open(*args, **how)
        shown = IN_SHOP.match(answer.request.path)
        if shown and answer.status_code < 400:
            self.slug = shown[1]
        return answer

    def full(self, path):
        """The address with its shop, if it is one of a shop's pages and names none."""
        bare, own = path.partition("?")[0], f"/s/{self.slug}{path}"
        return own if not self.leads(bare) and self.leads(f"/s/{self.slug}{bare}") else path

    def leads(self, path):
        """Whether there is such an address, for whatever method."""
        try:
            return bool(self.application.url_map.bind("localhost").match(path))
        except (MethodNotAllowed, RequestRedirect):
            return True
        except NotFound:
            return False


def inside(path):
    """An address without its shop."""
    return IN_SHOP.sub("", path, count=1)
