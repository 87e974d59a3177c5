"""What goes wrong now, letting it, and ending it. Only in test shops, and only where the box takes orders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash
from flask_babel import gettext as _

from app.control import Fault, Faults, Mend
from app.pages.training import page
from app.pages.training.forms import CALLS, MINUTES, MOODS, StartForm
from app.rees46.errors import Garbled, NotFound
from app.web.context import settings
from app.web.panels.standing import read_or
from app.web.rees46 import About, ask, noted
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/")
def index() -> ResponseReturnValue:
    return _show(StartForm(formdata=None))


def _show(form: StartForm) -> ResponseReturnValue:
    faults, error = read_or(_faults, None) if shop().kind == "test" else (None, None)
    return render(
        "training/index.html",
        error.status if error else None,
        form=form,
        faults=faults,
        error=error,
        mood=_mood,
        calls=CALLS,
    )


def _faults() -> list[Fault] | None:
    """List what goes wrong now; None where nobody can be told to: the real REES46, or a box that takes no orders."""
    try:
        return ask(Faults())
    except (NotFound, Garbled):  # who knows no such path may answer it with anything
        return None


def _mood(fault: Fault) -> str:
    """Say a fault in the words of the form; one that a test suite made in its own."""
    same = {
        (True, False, 503): "refusing",
        (True, False, 429): "busy",
        (True, True, None): "silent",
        (False, True, None): "lost",
        (True, False, None): "slow",
        (True, False, 200): "garbled",
    }
    mood = same.get((fault.when == "before", fault.cut, fault.answers))
    return str(MOODS[mood]) if mood else _("answers %(status)s", status=fault.answers or "–")


@page.post("/")
def start() -> ResponseReturnValue:
    """Let it begin, for everybody who works in this shop."""
    form = StartForm()
    _only_in_a_test_shop()
    if not form.validate_on_submit():
        return _show(form)
    told = {name: str(form[name].data) for name in ("mood", "calls", "minutes")}
    with noted("training.Start", About(after=told)):
        ask(form.fault(settings().time_limit))
    flash(_("It begins now, for everybody in this shop, and ends by itself: %(how)s.", how=MINUTES[told["minutes"]]))
    return go(".index")


def _only_in_a_test_shop() -> None:
    if shop().kind != "test":
        abort(404)


@page.post("/end")
def end() -> ResponseReturnValue:
    """Let REES46 be well again."""
    _only_in_a_test_shop()
    with noted("training.End"):
        ask(Mend())
    flash(_("REES46 is well again."), "success")
    return go(".index")
