"""Comparing two pasted lists before one of them becomes a segment: who is in one and not in the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _

from app.pages.segments import page
from app.pages.segments.forms import ListsForm
from app.web.csv import csv_answer
from app.web.customers.parse import read_identifier
from app.web.page import STAFF, needs
from app.web.render import render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

BETWEEN = re.compile(r"[\n\r,;\t]+")


@dataclass(frozen=True)
class Compared:
    """How many different customers the lists hold, and who is left."""

    first: int
    second: int
    both: int
    left: list[str]


@page.route("/lists", methods=["GET", "POST"])
@needs(STAFF)
def lists() -> ResponseReturnValue:
    """Nothing is kept and nothing is sent; the result can be taken away or imported."""
    form = ListsForm()
    if not form.validate_on_submit():
        return render("segments/lists.html", form=form, compared=None)
    compared = compare(form.first.data or "", form.second.data or "", form.keep.data)
    if request.form.get("as") == "csv":
        return csv_answer("customers", [_("Customer")], ([one] for one in compared.left))
    return render("segments/lists.html", form=form, compared=compared)


def compare(first: str, second: str, keep: str) -> Compared:
    """Put two lists against each other. The same customer may be written differently: phones, capitals, blanks."""
    one, other = _read(first), _read(second)
    left = {
        "without": [key for key in one if key not in other],
        "both": [key for key in one if key in other],
        "either": list(one | other),
    }
    return Compared(len(one), len(other), len(left["both"]), left[keep])


def _read(text: str) -> dict[str, None]:
    """Give the customers of a list in their order, each once."""
    return {read_identifier(part)[1]: None for part in BETWEEN.split(text) if part.strip()}
