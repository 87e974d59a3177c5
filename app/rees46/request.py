"""One request builder: what is sent to REES46 and the curl that is shown to people come from the same place."""

from __future__ import annotations

import base64
import json
import shlex
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from urllib3.filepost import encode_multipart_formdata

if TYPE_CHECKING:
    from pydantic import JsonValue

    from .operation import Operation

Part = tuple[str, str | tuple[str, bytes, str]]  # a field, or a file with its name and type
BYTES = "application/octet-stream"
SECRET_HEADER = "X-Shop-Secret"
STAND_IN = "REES46SECRETSTANDIN"  # survives every encoding; curl() turns it into the shell's $REES46_SECRET


class Call:
    """A request as it goes over the wire: method, URL, headers, body."""

    def __init__(
        self, op: Operation[Any], base_url: str, shop_id: str, secret: str | None, listed: bytes | None = None
    ) -> None:
        """Build it. `listed` is the list that the operation streams, written as JSON before: it may be very long."""
        http = op.http
        params = op.params()
        if listed is not None:
            params.pop(http.streams, None)
        for name in op.in_path():
            params.pop(name, None)
        who: dict[str, JsonValue] = {"shop_id": shop_id}
        self.headers = {"Accept": http.media}
        if secret and http.secret == "header":
            self.headers[SECRET_HEADER] = secret
        elif secret and http.secret == "parameter":
            who["shop_secret"] = secret
        self.method = http.method
        self.address = base_url.rstrip("/") + quote(op.url_path(), safe="/")
        self.url = self.address
        self.body: bytes | None = None
        self.parts: list[Part] = []
        self.file = ""  # the name of a body that is too long for a command
        files = params.pop(http.uploads, None) if http.uploads else None
        self.sends, self.params = http.sends, who | params
        if isinstance(files, list) and files:
            self._place_parts(self.params, files)
        elif listed is not None:
            self._place_list(http.streams, self.params, listed)
        else:
            self._place(http.sends, self.params)

    def _place(self, sends: str, params: dict[str, JsonValue]) -> None:
        if sends == "json":
            self.headers["Content-Type"] = "application/json"
            self.body = json.dumps(params, ensure_ascii=False).encode()
        elif sends == "form":
            self.headers["Content-Type"] = "application/x-www-form-urlencoded"
            self.body = urlencode(flattened(params)).encode()
        else:
            self.url += "?" + urlencode(flattened(params))

    def _place_list(self, name: str, params: dict[str, JsonValue], listed: bytes) -> None:
        """Put a list that is written already beside the other parameters."""
        besides = json.dumps(params, ensure_ascii=False)[1:-1].encode()
        self.headers["Content-Type"] = "application/json"
        self.body = b"".join((b"{", besides, b', "', name.encode(), b'": ', listed, b"}"))
        self.file = f"{name}.json"

    def _place_parts(self, params: dict[str, JsonValue], files: list[Any]) -> None:
        """Write fields and files one after the other, as a browser does."""
        self.parts = [(name, text) for key, value in params.items() for name, text in bracketed(key, value)]
        self.parts += [
            (f"file_{number}", (file["name"], base64.b64decode(file["content"]), file.get("type") or BYTES))
            for number, file in enumerate(files, 1)
        ]
        self.body, self.headers["Content-Type"] = encode_multipart_formdata(self.parts)

    def curl(self) -> str:
        """Write the request as a command that can be pasted into a shell; files are named as they lie on the disk."""
        parts = ["curl"] if self.method == "GET" else ["curl", "-X", self.method]
        if self.parts:
            for name, value in self.parts:
                said = value if isinstance(value, str) else f"@{value[0]};type={value[2]}"
                parts += ["--form-string" if isinstance(value, str) else "-F", shlex.quote(f"{name}={said}")]
            parts.append(shlex.quote(self.url))
            return " ".join(parts).replace(STAND_IN, "'\"$REES46_SECRET\"'")
        for name, value in self.headers.items():
            if name != "Accept":
                parts += ["-H", shlex.quote(f"{name}: {value}")]
        if self.file:
            parts += ["--data-binary", f"@{self.file}"]
        elif self.body is not None:
            parts += ["--data-raw", shlex.quote(self.body.decode())]
        parts.append(shlex.quote(self.url))
        return " ".join(parts).replace(STAND_IN, "'\"$REES46_SECRET\"'")


def bracketed(name: str, value: JsonValue) -> list[tuple[str, str]]:
    """Write a value under names with brackets: `variables[first_name]`, `cc[0]`."""
    if isinstance(value, dict):
        return [pair for key, inner in value.items() for pair in bracketed(f"{name}[{key}]", inner)]
    if isinstance(value, list):
        return [pair for place, inner in enumerate(value) for pair in bracketed(f"{name}[{place}]", inner)]
    return [(name, _text(value))]


def flattened(params: dict[str, JsonValue]) -> list[tuple[str, str]]:
    """Write values the way a form can carry them: `item_id[0]=a`, objects as JSON text, `true` and `false`."""
    flat: list[tuple[str, str]] = []
    for key, value in params.items():
        if isinstance(value, list) and not any(isinstance(item, dict | list) for item in value):
            flat += [(f"{key}[{place}]", _text(item)) for place, item in enumerate(value)]
        else:
            flat.append((key, _text(value)))
    return flat


def _text(value: JsonValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"  # requests would write "True" (decisions.md#booleans-in-forms)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
