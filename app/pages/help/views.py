"""The guides, and the pictures that browser tests made for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, send_from_directory

from app.pages.help import page
from app.pages.help.guides import PICTURES, ROLES, guides, shown
from app.web.render import render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/")
def index() -> ResponseReturnValue:
    return render("help/index.html", guides=guides())


@page.get("/<any(support, marketing, campaign, administrator, developer):role>")
def role(role: str) -> ResponseReturnValue:
    one = guides()[ROLES.index(role)]
    return render("help/role.html", guides=guides(), guide=one, body=shown(one))


@page.get("/pictures/<file>")
def picture(file: str) -> ResponseReturnValue:
    if not file.endswith(".png"):
        abort(404)
    return send_from_directory(PICTURES, file, max_age=3600)
