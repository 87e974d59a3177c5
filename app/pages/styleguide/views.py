"""The style guide and the little it needs to be alive: a form, panels that load, one that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash
from flask_babel import gettext as _

from app.pages.styleguide import page, samples
from app.pages.styleguide.forms import MatrixForm, NarrowForm, SampleForm
from app.pages.styleguide.macros import macros
from app.rees46.errors import Unreachable
from app.web.render import go, render, toast

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

TONES = ("success", "info", "warning", "danger")


@page.route("/", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    form = SampleForm(prefix="sample")
    if form.validate_on_submit():
        if form.name.data != "wrong":
            flash(_("Saved."), "success")
            return go(".index")
        form.refuse("REES46 refused: this name is taken.")
    return render(
        "styleguide/index.html",
        form=form,
        matrix_form=MatrixForm(formdata=None),
        narrow=NarrowForm(),
        samples=samples,
        macros=macros,
    )


@page.get("/panel")
def panel() -> Response:
    return render("styleguide/panel.html")


@page.get("/panel/<operation>")
def silent(operation: str) -> Response:
    raise Unreachable("no answer in time", operation=operation)


@page.post("/toast/<tone>")
def say(tone: str) -> Response:
    if tone not in TONES:
        abort(404)
    return toast(render("styleguide/said.html", tone=tone), _("Saved."), tone)
