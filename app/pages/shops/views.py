"""Managing shops, and choosing the one in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request, url_for
from flask import redirect as flask_redirect

from app.pages.shops import page
from app.store import shops
from app.web.desk import desk
from app.web.page import EVERYONE, needs
from app.web.render import render
from app.web.shops import use

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/")
def index() -> ResponseReturnValue:
    with desk().reading() as db:
        every = shops.every(db)
    return render("shops/index.html", every=every)


@page.post("/switch")
@needs(EVERYONE)
def switch() -> ResponseReturnValue:
    number = request.form.get("shop", "")
    if not (number.isdigit() and use(int(number))):
        abort(404)
    return flask_redirect(url_for("home.index"), 303)
