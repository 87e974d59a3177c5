"""Bodies of requests on their way in: read within a time limit, kept in memory while small and in a file beyond."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import IO, Any

Scope = dict[str, Any]  # as ASGI has it
Receive = Callable[[], Awaitable[dict[str, Any]]]

MB = 1024 * 1024
IN_MEMORY = MB // 4
SECONDS_TO_BEGIN = 15.0  # and more for each part that came, so that a slow line may bring a large file
SLOWEST = 8 * 1024  # bytes a second
MOST_HELD = 4096 * MB  # of all bodies together


class Refused(Exception):
    """The body is not read to its end; the status and the words answer its sender."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status
        self.words = words


class Bodies:
    """All bodies that are being read or whose request is being answered."""

    def __init__(self, largest: int | None) -> None:
        self.largest = largest
        self.held = 0

    async def read(self, scope: Scope, receive: Receive) -> IO[bytes]:
        """Read the body of a request; whoever gets it closes it with `release`."""
        length = _length(scope)
        if not length:
            return BytesIO()
        body: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # closed by release
        try:
            await self._fill(body, length, receive)
        except BaseException:
            self.release(body)
            raise
        body.seek(0)
        return body

    def release(self, body: IO[bytes]) -> None:
        """Forget a body."""
        self.held -= size_of(body)
        body.close()

    async def _fill(self, body: IO[bytes], length: int, receive: Receive) -> None:
        self._check(length)
        began = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(SECONDS_TO_BEGIN) as limit:
                while part := await _part(receive):
                    body.write(part)
                    self.held += len(part)
                    self._check(body.tell())
                    limit.reschedule(began + SECONDS_TO_BEGIN + body.tell() / SLOWEST)
        except TimeoutError:
            raise Refused(408, "The request came too slowly. Nothing was changed.") from None
        except OSError:  # the disk is full
            raise Refused(507, "There is no room for this request. Nothing was changed.") from None

    def _check(self, size: int) -> None:
        if self.largest is not None and size > self.largest:
            raise Refused(413, f"A request has at most {self.largest // MB} MB. Nothing was changed.")
        if self.held > MOST_HELD:
            raise Refused(503, "Too many large requests at once. Nothing was changed, try again later.")


def size_of(body: IO[bytes]) -> int:
    """Tell how many bytes a body has, and leave it at its end."""
    return body.seek(0, 2)


def _length(scope: Scope) -> int:
    """Tell how long a body says that it is: 1 or more where it comes in chunks."""
    headers = dict(scope["headers"])
    length = headers.get(b"content-length", b"")
    return int(length) if length.isdigit() else int(b"transfer-encoding" in headers)


async def _part(receive: Receive) -> bytes:
    """Give the next part that has something in it, and nothing at the end."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "The request broke off. Nothing was changed.")
        part: bytes = message.get("body", b"")
        if part or not message.get("more_body"):
            return part
