"""The bridge from ASGI to WSGI: bodies are read whole or refused, answers are sent as they are made."""

import asyncio
import threading
from contextvars import ContextVar

import pytest

from app.run import bodies
from app.run.bridge import Bridge

MB = 1024 * 1024
AROUND = ContextVar("around", default="nothing")


def scope(path=b"/", method="POST", query=b"", **headers):
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return {
        "type": "http",
        "method": method,
        "raw_path": path,
        "query_string": query,
        "http_version": "1.1",
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "client": ("192.0.2.7", 999),
        "headers": given,
    }


def echo(environ, start_response):
    """Answer with what was asked."""
    body = environ["wsgi.input"].read()
    asked = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ['QUERY_STRING']} {environ['CONTENT_LENGTH']} "
    whole = asked.encode("latin-1") + body
    start_response("200 OK", [("Content-Length", str(len(whole)))])
    return [whole]


def ask(application, asked, *parts, ends="whole", threads=2, largest=MB):
    """Send a request in parts; gives the status and the chunks of the answer."""
    sent = []

    async def talk():
        incoming = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
        incoming += {
            "whole": [{"type": "http.request", "body": b""}],
            "broken off": [{"type": "http.disconnect"}],
            "silent": [],
        }[ends]

        async def receive():
            return incoming.pop(0) if incoming else await asyncio.Event().wait()

        async def send(message):
            sent.append(message)

        await Bridge(application, threads, largest)(asked, receive, send)

    asyncio.run(talk())
    return sent[0]["status"], [message["body"] for message in sent[1:]]


def test_a_body_arrives_whole_and_its_length_is_known_though_it_came_in_chunks():
    asked = scope(b"/a%20b/%D0%B0", query=b"x=%ff", transfer_encoding="chunked")
    status, (body,) = ask(echo, asked, b"one ", b"", b"two")
    assert (status, body) == (200, b"POST /a b/\xd0\xb0?x=%ff 7 one two")


def test_a_request_without_a_body_waits_for_none():
    assert ask(echo, scope(method="GET"), ends="silent") == (200, [b"GET /?  "])


@pytest.mark.parametrize("length", [{"content_length": "9"}, {"transfer_encoding": "chunked"}])
def test_a_body_that_breaks_off_never_reaches_the_application(length):
    reached = []
    status, (words,) = ask(lambda *_: reached.append(1), scope(**length), b"a=1&b", ends="broken off")
    assert (status, reached) == (400, [])
    assert b"Nothing was changed" in words


def test_a_body_that_comes_too_slowly_is_refused(monkeypatch):
    monkeypatch.setattr(bodies, "SECONDS_TO_BEGIN", 0.01)
    assert ask(echo, scope(content_length="9"), b"abc", ends="silent")[0] == 408


@pytest.mark.parametrize(
    ("asked", "parts"),
    [(scope(content_length=str(MB + 1)), []), (scope(transfer_encoding="chunked"), [b"x" * MB, b"y"])],
    ids=["as it says itself", "as it turns out"],
)
def test_a_body_that_is_too_large_is_refused_before_it_is_read_on(asked, parts):
    assert ask(echo, asked, *parts, ends="silent")[0] == 413


def test_bodies_that_are_too_many_together_are_refused(monkeypatch):
    monkeypatch.setattr(bodies, "MOST_HELD", 4)
    assert ask(echo, scope(content_length="5"), b"12345")[0] == 503


def test_a_disk_without_room_refuses_the_body(monkeypatch):
    class Full(bodies.BytesIO):
        def write(self, _part):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(bodies, "SpooledTemporaryFile", lambda _size: Full())
    assert ask(echo, scope(content_length="5"), b"12345")[0] == 507


def test_headers_that_come_twice_are_joined_and_look_alikes_are_dropped():
    def show(environ, start_response):
        start_response("200 OK", [("Content-Length", "0")])
        passed.update(environ)
        return []

    passed = {}
    asked = scope(method="GET")
    asked["headers"] = [
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"accept", b"x"),
        (b"accept", b"y"),
        (b"x_forwarded_for", b"liar"),
    ]
    ask(show, asked)
    assert (passed["HTTP_COOKIE"], passed["HTTP_ACCEPT"]) == ("a=1; b=2", "x,y")
    assert "HTTP_X_FORWARDED_FOR" not in passed


def test_a_long_answer_is_made_while_it_is_sent_and_closed_at_its_end_in_the_context_that_it_began_in():
    closed = []

    class Chunks:
        def __init__(self):
            self.left = [b"one", b"", b"two"]

        def __iter__(self):
            return self

        def __next__(self):
            if not self.left:
                raise StopIteration
            assert AROUND.get() == "a request"
            return self.left.pop(0)

        def close(self):
            closed.append(AROUND.get())

    def stream(_environ, start_response):
        AROUND.set("a request")
        start_response("200 OK", [])
        return Chunks()

    assert ask(stream, scope(method="GET"), ends="silent") == (200, [b"one", b"two", b""])
    assert closed == ["a request"]


def test_an_answer_ends_when_nobody_receives_it_any_more():
    closed = []

    def endless():
        try:
            while True:
                yield b"more"
        finally:
            closed.append(True)

    def stream(_environ, start_response):
        start_response("200 OK", [])
        return endless()

    ask(stream, scope(method="GET"), ends="broken off")
    assert closed == [True]


def test_health_answers_while_every_thread_waits():
    free = threading.Event()

    def busy(environ, start_response):
        if environ["PATH_INFO"] != "/health":
            assert free.wait(10)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    async def talk():
        bridge, answered = Bridge(busy, 1, MB), []

        async def nothing():
            return await asyncio.Event().wait()

        def into(name):
            async def send(message):
                answered.append((name, message["type"]))

            return send

        waiting = asyncio.ensure_future(bridge(scope(method="GET"), nothing, into("page")))
        await bridge(scope(b"/health", method="GET"), nothing, into("health"))
        assert {name for name, _type in answered} == {"health"}
        free.set()
        await waiting

    asyncio.run(talk())
