"""Files that are larger than any other request may be: on the views that say so, for whoever may use them.

    @page.route("/new", methods=["GET", "POST"])
    @takes_large_files(LARGEST)
    def new() -> …

Such a file is encrypted while it arrives: it never lies on a disk in the clear, and never stands in memory as a whole.
The view keeps it by `kept(form.file.data)`; what nobody keeps is gone with the request.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from flask import current_app
from flask_login import current_user

from app.store import brought_files
from app.store.brought_files import BroughtFile
from app.web.context import desk, settings
from app.web.shops import open_shop
from app.web.sign_in.access import roles_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask, Request
    from werkzeug.datastructures import FileStorage

View = TypeVar("View", bound="Callable[..., Any]")
BLOCK = 1024 * 1024  # bytes that are written in one transaction
NOBODYS = 0  # the shop of a file that no view has kept yet


def takes_large_files(most: int) -> Callable[[View], View]:
    """Let a view be sent forms with files of so many bytes."""

    def mark(view: View) -> View:
        view.takes = most  # type: ignore[attr-defined]  # read below
        return view

    return mark


def init_app(app: Flask) -> None:
    """Come after whatever else replaces the class of requests."""
    app.request_class = _patient(app.request_class)


class ArrivingFile:
    """What the parser of forms writes a file into."""

    def __init__(self) -> None:
        self.waiting = bytearray()
        self.is_kept = False
        with desk().writing() as db:
            self.file = brought_files.keep(db, NOBODYS, "", b"", settings().key)

    def write(self, content: bytes) -> int:
        self.waiting += content
        if len(self.waiting) >= BLOCK:
            self._put(len(self.waiting) // brought_files.CHUNK * brought_files.CHUNK)
        return len(content)

    def seek(self, _offset: int, _whence: int = 0) -> int:
        """All of it has arrived."""
        if self.waiting:
            self._put(len(self.waiting))
        return 0

    def close(self) -> None:
        if not self.is_kept:
            with desk().writing() as db:
                brought_files.let_go(db, self.file.id)

    def _put(self, size: int) -> None:
        with desk().writing() as db:
            here = db.get_one(BroughtFile, self.file.id)
            brought_files.append(db, here, [bytes(self.waiting[:size])], settings().key)
        self.file = here
        del self.waiting[:size]


def kept(brought: FileStorage, shop_id: int) -> BroughtFile:
    """Keep a file for a shop."""
    arrived = cast("ArrivingFile", brought.stream)
    with desk().writing() as db:
        file = db.get_one(BroughtFile, arrived.file.id)
        file.shop_id, file.name = shop_id, (brought.filename or "")[-200:]
    arrived.is_kept = True
    return file


def _patient(kind: type[Request]) -> type[Request]:
    class Patient(kind):  # type: ignore[valid-type,misc]  # the class of another part is kept
        takes_large = False

        def _load_form_data(self) -> None:
            """Look before anything is read whether this may be a large file."""
            most = getattr(current_app.view_functions.get(self.endpoint or ""), "takes", None)
            if most and self.method == "POST" and current_user.is_authenticated:
                open_shop()  # nobody looked yet who this is: the token of the form comes first
                if current_user.may(roles_for(self.endpoint or "", "POST")):
                    self.takes_large, self.max_content_length = True, most
            super()._load_form_data()

        def _get_file_stream(self, *about: Any, **more: Any) -> Any:
            return ArrivingFile() if self.takes_large else super()._get_file_stream(*about, **more)

    return Patient
