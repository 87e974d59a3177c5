"""Home and the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.home import page
from app.web.render import render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/")
def index() -> ResponseReturnValue:
    return render("home/index.html")


@page.get("/palette")
def palette() -> ResponseReturnValue:
    return render("home/palette.html")
