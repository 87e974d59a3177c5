"""Showing once more what a form of a shop was answered with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort

from app.pages.results import page
from app.store.results import Result
from app.web.loaders import load
from app.web.render import render
from app.web.results import page_of
from app.web.sign_in.access import may

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    result = load(Result, key=key)
    if result is None or result.shop_id is None or not may(result.endpoint):
        abort(404)
    title, main = page_of(result)
    return render("results/show.html", title=title, main=main, at=result.at, until=result.expires)
