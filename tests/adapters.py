"""REES46 in trouble: adapters that are mounted on the session instead of the box."""

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPResponse

from app.rees46.inprocess import BOX_URL


class Answering(HTTPAdapter):
    """Answers every call with one status and body; counts the calls. Paths in `only` alone are troubled."""

    def __init__(self, status=200, body=b"{}", headers=None, only="", behind=None):
        super().__init__()
        self.status, self.body, self.headers, self.only, self.behind = status, body, headers or {}, only, behind
        self.method = ""
        self.calls = []

    def send(self, request, *args, **more):
        if self.only not in request.url or self.method not in {"", request.method}:
            return self.behind.send(request, *args, **more)
        self.calls.append(request)
        return self.build_response(request, self.answer())

    def answer(self):
        from io import BytesIO  # noqa: PLC0415  # one place

        headers = {"Content-Type": "application/json", **self.headers}
        return HTTPResponse(BytesIO(self.body), headers, self.status, preload_content=False)


class Silent(Answering):
    """Takes the call and never answers."""

    def answer(self):
        raise requests.ReadTimeout("https://secret.example/?shop_secret=demo-secret")


class Dead(Answering):
    """Cannot even be reached."""

    def answer(self):
        raise requests.ConnectTimeout("https://secret.example/?shop_secret=demo-secret")


def trouble(app, adapter, only="", method=""):
    """Put REES46 into trouble until it is over; `only` names the part of a path that is troubled, `method` the verb."""
    session = app.extensions["rees46_session"]
    adapter.only, adapter.method, adapter.behind = only, method, session.get_adapter(BOX_URL)
    session.mount(BOX_URL, adapter)
    return adapter


def over(app, adapter):
    """Let REES46 be well again."""
    app.extensions["rees46_session"].mount(BOX_URL, adapter.behind)
