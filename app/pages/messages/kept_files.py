"""Files that were brought with a message which could not be kept yet: they wait, and need not be chosen again."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from itsdangerous import BadSignature, URLSafeSerializer

from app.pages.messages.attachments import put_aside, read_files
from app.rees46 import messages
from app.store import brought_files
from app.web.context import desk, settings
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from werkzeug.datastructures import FileStorage

Kept = dict[str, Any]  # name, type, size and number


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().key.oldest_first, salt=f"message files of shop {shop().id}")


def listed(sealed: str | None) -> list[Kept]:
    """Read which files a form holds already; what nobody of this desk wrote holds none."""
    try:
        found: list[Kept] = json.loads(_signer().loads(sealed or ""))
    except (BadSignature, ValueError):
        return []
    return found


def sealed(files: list[Kept]) -> str:
    return str(_signer().dumps(json.dumps(files))) if files else ""


def hold(picked: Iterable[FileStorage | str] | None, before: str | None) -> str:
    """Keep the files that were chosen just now beside those held already."""
    chosen, held = read_files(picked), listed(before)
    size = sum(len(file["content"]) * 3 // 4 for file in chosen) + sum(file["size"] for file in held)
    if chosen and size <= messages.LARGEST_FILES:
        held = [*held, *put_aside({"files": chosen})["files"]]
    return sealed(held)


def without(held: str | None, numbers: Collection[str]) -> str:
    """Leave out files by their numbers."""
    return sealed([file for file in listed(held) if str(file["number"]) not in numbers])


def contents(held: str | None) -> list[dict[str, str]]:
    """Give the held files as the call takes them; those that are gone are left out."""
    with desk().reading() as db:
        key = settings().key
        whole = [(file, brought_files.whole(db, shop().id, file["number"], key)) for file in listed(held)]
    return [
        {"name": file["name"], "type": file["type"], "content": base64.b64encode(content).decode()}
        for file, content in whole
        if content is not None
    ]
