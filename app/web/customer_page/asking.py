"""Asking several questions of one kind side by side."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, TypeVar

from app.rees46.errors import Rees46Error
from app.web.rees46 import client
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.rees46.client import Exchange
    from app.rees46.operation import Operation
    from app.web.calls.recorder import Recorder

R = TypeVar("R")
_askers = ThreadPoolExecutor(max_workers=32, thread_name_prefix="parts")


def ask_all(questions: Sequence[Operation[R]]) -> list[R | None]:
    """Give each reply; None where there is none. The client's time limit holds for each."""
    finished: SimpleQueue[tuple[Recorder, Exchange]] = SimpleQueue()

    def later(recorder: Recorder, exchange: Exchange) -> None:
        finished.put((recorder, exchange))

    asked = [_askers.submit(client(shop(), op, later=later).send, op) for op in questions]
    replies: list[R | None] = []
    for one in asked:
        try:
            replies.append(one.result())
        except Rees46Error:
            replies.append(None)
    while True:
        try:
            recorder, exchange = finished.get_nowait()
        except Empty:
            return replies
        recorder(exchange)
