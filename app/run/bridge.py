"""The way from granian to the WSGI application: a body is read before a thread is taken.

Granian reads heads by itself, within a time limit. As a WSGI server it would hand a thread to each body that trickles
in, and a few slow ones would stop everybody. So it serves ASGI: bodies are read on the event loop, answers that stream
are sent from there, and threads only ever compute.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from typing import IO, TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote_to_bytes

from app.run.bodies import Bodies, Receive, Refused, Scope, size_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Send = Callable[[dict[str, Any]], Awaitable[None]]
R = TypeVar("R")
ALWAYS_ANSWERED = frozenset({"/health", "/ready"})  # by a thread of their own, also when all others wait
AT_ONCE = 1024 * 1024  # an answer up to so many bytes is sent in one piece


class Answer:
    """What the application answers: whole, or in chunks that are made while they are sent."""

    def __init__(self) -> None:
        self.status = 500
        self.headers: list[tuple[str, str]] = []
        self.whole: bytes | None = None
        self.chunks: Iterable[bytes] = ()
        self.context = Context()  # in which the application begins, goes on and ends, whatever thread does it

    def begin(self, application: WSGIApplication, environ: dict[str, Any]) -> None:
        self.chunks = application(environ, self._start)
        length = next((value for name, value in self.headers if name.lower() == "content-length"), "")
        if length.isdecimal() and int(length) <= AT_ONCE:
            try:
                self.whole = b"".join(self.chunks)
            finally:
                self.close()

    def _start(self, status: str, headers: list[tuple[str, str]], _error: Any = None) -> Callable[[bytes], object]:
        self.status, self.headers = int(status[:3]), headers
        return _write

    def close(self) -> None:
        if close := getattr(self.chunks, "close", None):
            close()


class Bridge:
    """An ASGI application that serves a WSGI application with a fixed number of threads."""

    def __init__(self, application: WSGIApplication, threads: int, largest: int | None) -> None:
        self.application = application
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="web")
        self.always = ThreadPoolExecutor(1, thread_name_prefix="health")
        self.bodies = Bodies(largest)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            body = await self.bodies.read(scope, receive)
        except Refused as refused:
            await _start(send, refused.status, [("Content-Type", "text/plain"), ("Connection", "close")])
            await send({"type": "http.response.body", "body": refused.words.encode()})
            return
        try:
            await self._answer(environ_of(scope, body), receive, send)
        finally:
            self.bodies.release(body)

    async def _answer(self, environ: dict[str, Any], receive: Receive, send: Send) -> None:
        threads = self.always if environ["PATH_INFO"] in ALWAYS_ANSWERED else self.threads
        answer = Answer()
        await _run(threads, answer.context.run, answer.begin, self.application, environ)
        await _start(send, answer.status, answer.headers)
        if answer.whole is not None:
            await send({"type": "http.response.body", "body": answer.whole})
        else:
            await self._stream(answer, receive, send)

    async def _stream(self, answer: Answer, receive: Receive, send: Send) -> None:
        """Send chunk by chunk: a receiver that is slow holds no thread, and one that is gone ends it."""
        chunks = iter(answer.chunks)
        gone = asyncio.ensure_future(receive())  # comes back when the receiver leaves
        try:
            while not gone.done() and (chunk := await _run(self.threads, answer.context.run, _next, chunks)):
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
        finally:
            gone.cancel()
            await _run(self.threads, answer.context.run, answer.close)
        await send({"type": "http.response.body", "body": b""})


async def _run(threads: ThreadPoolExecutor, work: Callable[..., R], *given: Any) -> R:
    return await asyncio.get_running_loop().run_in_executor(threads, work, *given)


async def _start(send: Send, status: int, headers: list[tuple[str, str]]) -> None:
    pairs = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": pairs})


def _next(chunks: Any) -> bytes:
    """Give the next chunk that has something in it, and nothing at the end."""
    return next((chunk for chunk in chunks if chunk), b"")


def _write(_data: bytes) -> object:
    raise NotImplementedError("An application of today returns its answer, it does not write it")


def environ_of(scope: Scope, body: IO[bytes]) -> dict[str, Any]:
    """Say in the words of WSGI (PEP 3333) what is asked."""
    size = size_of(body)
    body.seek(0)
    host, port = scope.get("server") or ("localhost", 80)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "CONTENT_LENGTH": str(size) if size else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": body,
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope["headers"]:
        _add(environ, name.decode("latin-1"), value.decode("latin-1"))
    return environ


def _add(environ: dict[str, Any], name: str, value: str) -> None:
    if "_" in name or name in {"content-length", "transfer-encoding"}:  # X_Real_IP would pass for X-Real-IP
        return
    key = "CONTENT_TYPE" if name == "content-type" else f"HTTP_{name.upper().replace('-', '_')}"
    given = environ.get(key)
    environ[key] = value if given is None else f"{given}{'; ' if name == 'cookie' else ','}{value}"
