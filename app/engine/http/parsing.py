"""Understanding a request however it was written: query, form, JSON and all their mixtures.

What clients send: rees46.md#parameters, rees46.md#clients.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from app.engine.answers import Refusal
from app.engine.http import brackets
from app.rees46.values import absent, storable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask import Request

LARGEST = 36 * 1024 * 1024
MOST_PAIRS = 200_000  # of a query or a form: each becomes an object many times its size


def parameters_of(request: Request) -> dict[str, Any]:
    """Merge what the query, the form and the JSON body say; the body wins."""
    said = gathered(pairs(request.query_string))
    body = request.get_data(cache=True)
    if not body.strip():
        return said
    if is_json(request, body):
        return said | json_body(body)
    if request.mimetype == "multipart/form-data":
        return said | gathered(request.form.items(multi=True))
    return said | gathered(pairs(body))


def is_json(request: Request, body: bytes) -> bool:
    """Tell JSON by its type, or by its looks when a client sends it as a form."""
    return request.mimetype.endswith("json") or body.lstrip()[:1] == b"{"


def json_body(body: bytes) -> dict[str, Any]:
    """Read a JSON object, of which some apps name the keys as in a form: `"item_id[0]": "a"`."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal(400, "The body is not valid JSON") from None
    if not isinstance(said, dict):
        raise Refusal(400, "The body must be a JSON object")
    return gathered(said.items())


def pairs(text: bytes) -> Iterable[tuple[str, str]]:
    """Split `a=1&b=2`; empty atoms are skipped."""
    if text.count(b"&") >= MOST_PAIRS:
        raise Refusal(400, "Too many parameters")
    for atom in text.split(b"&"):
        name, _equals, value = atom.partition(b"=")
        if name.strip():
            yield _text(name), _text(value)
        elif (filters := _text(value)).startswith("{"):  # one SDK gives them no name
            yield "filters", filters


def gathered(atoms: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Collect `item_id[0]=a&item_id[1]=b` into a list, in the order of the indexes; drop what is absent."""
    plain: dict[str, Any] = {}
    bracketed: dict[str, list[brackets.Entry]] = {}
    for name, value in atoms:
        may_be_kept([name, value])
        if found := brackets.split(name):
            bracketed.setdefault(found[0], []).append((found[1], None if absent(value) else value))
        elif not absent(value):
            plain[name.strip()] = _beside(plain.get(name.strip()), value)
    grown = {name: brackets.grown(entries) for name, entries in bracketed.items()}
    return plain | {name: value for name, value in grown.items() if value is not None}


def _beside(former: Any, value: Any) -> Any:
    """Put what comes again under the same name into one list: `brands=A&brands=B`."""
    if former is None:
        return value
    return Repeated([*(former if isinstance(former, Repeated) else [former]), value])


class Repeated(list[Any]):
    """What came under one name: a list where one is due, and else the last of it."""


def last(value: Any) -> Any:
    """Give one value of what may have come several times."""
    return value[-1] if isinstance(value, Repeated) else value


def without_repeated(said: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Take the last of what came several times under these names."""
    return said | {name: last(said[name]) for name in names if name in said}


def _text(raw: bytes) -> str:
    try:
        return unquote_to_bytes(raw.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        raise Refusal(400, "The request is not valid UTF-8") from None


def may_be_kept(said: Any) -> None:
    """Refuse what no database keeps."""
    try:
        storable(said)
    except ValueError as wrong:
        raise Refusal(400, str(wrong)) from None
