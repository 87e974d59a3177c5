"""What only the newer call takes along: copies, and files, which wait in the desk's database until the message goes."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

from app.rees46 import messages
from app.store import brought_files
from app.web.context import desk, settings
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.datastructures import FileStorage

    from app.rees46.operation import Operation
    from app.store.sends import Send

OPERATIONS: dict[str, type[Operation[Any]]] = {
    "sms": messages.Sms,
    "multi": messages.Multi,
    "transact": messages.Transact,
}


def addresses(typed: str | None) -> list[str]:
    """Take a field of addresses apart."""
    return [part for part in re.split(r"[\s,;]+", typed or "") if part]


def read_files(picked: Iterable[FileStorage | str] | None) -> list[dict[str, str]]:
    """Read the files that were picked, as the call takes them; it may be asked twice."""
    found = []
    for file in picked or ():
        if not isinstance(file, str) and file.filename:
            file.stream.seek(0)
            content = base64.b64encode(file.stream.read()).decode()
            found.append({"name": file.filename[-255:], "type": file.mimetype[:127], "content": content})
    return found


def put_aside(asked: dict[str, Any]) -> dict[str, Any]:
    """Keep the files of a message apart from it: what the message remembers of them is name, size and number."""
    files = asked.get("files")
    if not files:
        return asked
    kept = []
    with desk().writing() as db:
        for file in files:
            content = base64.b64decode(file["content"])
            number = brought_files.keep(db, shop().id, file["name"], content, settings().key).id
            kept.append({"name": file["name"], "type": file["type"], "size": len(content), "number": number})
    return asked | {"files": kept}


def operation_of(send: Send, *, whole: bool = False) -> Operation[Any]:
    """Make the call that a message is; with the content of its files only when it goes."""
    asked = send.asked
    if files := asked.get("files"):
        contents = _contents(files) if whole else {}
        asked = asked | {
            "files": [
                {"name": file["name"], "type": file["type"], "content": base64.b64encode(contents.get(place, b""))}
                for place, file in enumerate(files)
            ]
        }
    return OPERATIONS[send.kind].from_form(asked)


def are_there(send: Send) -> bool:
    """Tell whether all files of a message are still kept."""
    files = send.asked.get("files") or []
    return len(_contents(files)) == len(files)


def _contents(files: list[dict[str, Any]]) -> dict[int, bytes]:
    with desk().reading() as db:
        key = settings().key
        found = {place: brought_files.whole(db, shop().id, file.get("number"), key) for place, file in enumerate(files)}
        return {place: content for place, content in found.items() if content is not None}


def let_go(send: Send) -> None:
    """Forget the files of a message that went."""
    with desk().writing() as db:
        for file in send.asked.get("files") or []:
            brought_files.let_go(db, file.get("number"))
