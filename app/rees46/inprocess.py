"""The REES46 of this very process: a `requests` adapter that calls a WSGI app (decisions.md#in-process)."""

from __future__ import annotations

import sys
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes, urlsplit

from requests import ConnectionError as Cut
from requests.adapters import HTTPAdapter
from urllib3 import HTTPHeaderDict, HTTPResponse

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication

    from requests import PreparedRequest, Response

BOX_URL = "http://rees46-in-a-box"


class InProcess(HTTPAdapter):
    """Mount it on a session at BOX_URL. Whatever the app raises is raised as it would be over a wire: as a 500."""

    def __init__(self, app: WSGIApplication) -> None:
        super().__init__()
        self.app = app

    def send(self, request: PreparedRequest, *_: Any, **__: Any) -> Response:
        """Call the app and give its answer."""
        status: list[str] = []
        headers: HTTPHeaderDict = HTTPHeaderDict()

        def start_response(line: str, fields: list[tuple[str, str]], *_: object) -> Any:
            status[:] = [line]
            headers.extend(fields)
            return None

        chunks = self.app(_environ(request), _typed(start_response))
        try:
            body = b"".join(chunks)
        except (
            ConnectionError
        ):  # a box that is told to cut calls off does so, as a server does by closing the connection
            raise Cut(request=request) from None
        finally:
            getattr(chunks, "close", lambda: None)()
        code, _space, reason = status[0].partition(" ")
        answer = HTTPResponse(BytesIO(body), headers, int(code), reason=reason, preload_content=False)
        return self.build_response(request, answer)


def _typed(start: Any) -> StartResponse:
    return start  # type: ignore[no-any-return]  # the protocol wants overloads that a closure cannot have


def _environ(request: PreparedRequest) -> dict[str, Any]:
    url = urlsplit(str(request.url))
    body = request.body.encode() if isinstance(request.body, str) else (request.body or b"")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(url.path).decode("latin-1"),
        "QUERY_STRING": url.query,
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": url.hostname or "box",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(bytes(body)),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in request.headers.items():
        key = name.upper().replace("-", "_")
        environ[key if key in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{key}"] = value
    return environ
