"""Requests that cannot be read are the sender's fault, on the desk and in the box alike: 400 or 404, never 500."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.exceptions import BadRequest
from werkzeug.routing import IntegerConverter

if TYPE_CHECKING:
    from flask import Flask, Request

LARGEST_NUMBER = 2**31 - 1  # that every integer column of both databases takes


class Number(IntegerConverter):
    """A number in a path: one that no column can hold leads nowhere."""

    def __init__(self, *arguments: object, **options: int | bool) -> None:
        super().__init__(*arguments, **{"max": LARGEST_NUMBER, **options})  # type: ignore[arg-type]  # as werkzeug calls it


def guard(app: Flask) -> None:
    """Let an app refuse what it cannot read. Comes before its routes, and after whatever else replaces its requests."""
    app.request_class = _forgiving(app.request_class)
    app.url_map.converters["int"] = Number


def _forgiving(kind: type[Request]) -> type[Request]:
    class Incoming(kind):  # type: ignore[valid-type,misc]  # htmx-Flask brings a class of its own, which is kept
        def _load_form_data(self) -> None:
            """Refuse a form with a part that has no name: whoever looks through the names expects text."""
            super()._load_form_data()
            if None in self.form or None in self.files:
                raise BadRequest("A part of the form has no name")

    return Incoming
