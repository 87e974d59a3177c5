"""Listening to a call that may hold more than fits into memory: its list goes to a file, the rest is heard as ever."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from app.engine.answers import Refusal
from app.engine.hearing import gathered, heard, is_json, may_be_kept, pairs
from app.engine.store.spools import Spool, TooLargeError, envelope, write
from app.rees46.values import absent

if TYPE_CHECKING:
    from flask import Request

    from app.config import Settings

MB = 1024 * 1024
BESIDES = MB  # what a call may say besides its list
LIST = ord("[")
HEAD = 64  # bytes by which JSON is known that calls itself a form


@contextmanager
def listening(request: Request, spools: str, settings: Settings) -> Iterator[tuple[dict[str, Any], Spool | None]]:
    """Give what a call says, and the spool with its list; the spool is gone at the end unless somebody keeps it."""
    if not spools or request.mimetype == "multipart/form-data":
        yield heard(request), None
        return
    spool = _spooled(request, settings)
    try:
        with spool.path.open("rb") as file:
            head = file.read(HEAD)
        said = gathered(pairs(request.query_string))
        if not head.strip():
            yield said, None
        elif is_json(request, head):
            besides, is_list = _besides(spool, spools)
            yield said | besides, spool if is_list else None
        else:
            yield said | gathered(pairs(spool.path.read_bytes())), None
    except BaseException:
        spool.discard()
        raise
    if not spool.is_kept:
        spool.discard()


def _spooled(request: Request, settings: Settings) -> Spool:
    largest = settings.box_import_size * MB or None
    too_large = Refusal(400, f"A request has at most {settings.box_import_size} MB")
    if largest and (request.content_length or 0) > largest:
        raise too_large
    request.max_content_length = sys.maxsize  # it is counted here, and None would mean the limit of all other calls
    try:
        return write(settings, request.stream, largest)
    except TooLargeError:
        raise too_large from None


def _besides(spool: Spool, name: str) -> tuple[dict[str, Any], bool]:
    """Understand all but the list, in whose place stands an empty one."""
    try:
        said = envelope(spool.path)
        is_list = name in said and memoryview(said[name])[0] == LIST
        parts = {key: raw for key, raw in said.items() if not (is_list and key == name)}
        if sum(len(memoryview(raw)) for raw in parts.values()) > BESIDES:
            raise Refusal(400, "What stands beside the list is too long")
        besides = {key: msgspec.json.decode(raw) for key, raw in parts.items()}
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise Refusal(400, "The body is not valid JSON") from None
    may_be_kept(besides)
    known = {key: value for key, value in besides.items() if not absent(value)}
    return known | ({name: []} if is_list else {}), is_list
