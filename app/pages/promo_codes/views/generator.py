"""Generating codes that nobody guesses: a preview to download or upload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.promo_codes import page
from app.pages.promo_codes.forms import GenerateForm
from app.pages.promo_codes.inspection import Inspection
from app.pages.promo_codes.pattern import GUESSES, Pattern
from app.pages.promo_codes.views.uploads import keep, new_batch
from app.web.filters import number
from app.web.page import MARKETERS, needs
from app.web.render import go, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.route("/generate", methods=["GET", "POST"])
@needs(MARKETERS)
def generate() -> ResponseReturnValue:
    form = GenerateForm()
    if form.validate_on_submit():
        codes = form.pattern().codes(form.wanted)
        batch = keep(new_batch(Inspection(codes=codes, pattern=facts(form.pattern(), form.wanted)), "generated"))
        return go(".batch", key=batch.key)
    known = None if form.errors or form.form_errors else facts(form.pattern(), form.wanted)
    return render("promo_codes/generate.html", form=form, facts=known)


@page.post("/generate/capacity")
@needs(MARKETERS)
def capacity() -> ResponseReturnValue:
    """Say, while the form is filled, how many codes there are of the pattern; nothing is kept."""
    form = GenerateForm()
    known = facts(form.pattern(), form.wanted) if form.validate_on_submit() else None
    return render("promo_codes/capacity.html", status=200, form=form, facts=known)


def facts(pattern: Pattern, count: int) -> dict[str, object]:
    """Tell how many codes there are, how hard they are to guess, and what one looks like; large figures as text."""
    guesses = pattern.guesses(count)
    return {
        "space": str(pattern.space),
        "guesses": str(guesses),
        "weak": guesses < GUESSES,
        "width": pattern.width,
        "example": pattern.codes(1)[0],
    }


@page.app_template_filter()
def in_short(value: str | int) -> str:
    """Write a whole number of any size: grouped, and from a million millions on as a power of ten."""
    exact = int(value)
    digits = len(str(exact)) - 1
    if digits < 12:  # a million millions
        return number(exact)
    power = str(digits).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{number(exact // 10 ** (digits - 1) / 10)} × 10{power}"
