"""Reading a call that may hold more than fits into memory: its list goes to a file, the rest is parsed as ever."""

from __future__ import annotations

import base64
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec

from app.engine.answers import Refusal
from app.engine.http.parsing import gathered, is_json, may_be_kept, pairs, parameters_of
from app.engine.store.request_files import RequestFile, TooLargeError, envelope, write
from app.rees46.values import absent

if TYPE_CHECKING:
    from flask import Request

    from app.config import Settings

MB = 1024 * 1024
BESIDES = MB  # what a call may say besides its list
LIST = ord("[")
HEAD = 64  # bytes by which JSON is known that calls itself a form


def files_of(request: Request) -> list[dict[str, str]]:
    """Give the files of a form as a call in JSON would hold them; whatever their fields are called."""
    found = [file for _, file in request.files.items(multi=True) if file.filename]
    return [
        {
            "name": (file.filename or "").replace("\\", "/").rpartition("/")[2][-255:] or "file",
            "type": file.mimetype[:127] or "application/octet-stream",
            "content": base64.b64encode(file.read()).decode(),
        }
        for file in found
    ]


@contextmanager
def parsed_request(
    request: Request, streams: str, settings: Settings
) -> Iterator[tuple[dict[str, Any], RequestFile | None]]:
    """Give the parameters of a call, and the file with its list, deleted at the end unless somebody keeps it."""
    if not streams or request.mimetype == "multipart/form-data":
        yield parameters_of(request), None
        return
    request_file = _written(request, settings)
    try:
        with request_file.path.open("rb") as file:
            head = file.read(HEAD)
        said = gathered(pairs(request.query_string))
        if not head.strip():
            yield said, None
        elif is_json(request, head):
            besides, is_list = _besides(request_file, streams)
            yield said | besides, request_file if is_list else None
        else:
            yield said | gathered(pairs(request_file.path.read_bytes())), None
    except BaseException:
        request_file.discard()
        raise
    if not request_file.is_kept:
        request_file.discard()


def _written(request: Request, settings: Settings) -> RequestFile:
    largest = settings.box_import_size * MB or None
    too_large = Refusal(400, f"A request has at most {settings.box_import_size} MB")
    if largest and (request.content_length or 0) > largest:
        raise too_large
    request.max_content_length = sys.maxsize  # it is counted here, and None would mean the limit of all other calls
    try:
        return write(settings, request.stream, largest)
    except TooLargeError:
        raise too_large from None


def _besides(request_file: RequestFile, name: str) -> tuple[dict[str, Any], bool]:
    """Understand all but the list, in whose place stands an empty one."""
    try:
        said = envelope(request_file.path)
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
