"""Comparing two pasted lists before one of them becomes a segment: who is in one and not in the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _

from app.pages.segments import page
from app.pages.segments.forms import ListsForm
from app.web.cells.emails import addresses_in
from app.web.customers.parse import CUT, is_slip, read_identifier
from app.web.http.csv import csv_answer
from app.web.page import STAFF, needs
from app.web.render import render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

BETWEEN = re.compile(r"[,;\t]+")
LIKE_A_NUMBER = re.compile(r"\+[\d\s()./\u2010-\u2015-]{5,}|[\d()]+[\s()./\u2010-\u2015-][\d\s()./\u2010-\u2015-]{5,}")


@dataclass(frozen=True)
class Compared:
    """How many different customers the lists hold, who is left, and what is nobody: it is in neither list."""

    first: int
    second: int
    both: int
    left: list[str]
    unread: list[str]


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
    unread: dict[str, None] = {}
    one, other = _read(first, unread), _read(second, unread)
    left = {
        "without": [key for key in one if key not in other],
        "both": [key for key in one if key in other],
        "either": list(one | other),
    }
    return Compared(len(one), len(other), len(left["both"]), left[keep], list(unread))


def _read(text: str, unread: dict[str, None]) -> dict[str, None]:
    """Give the customers of a list in their order, each once; what is nobody is put beside the others like it."""
    found: dict[str, None] = {}
    for part in (part for line in text.splitlines() if line.strip() for part in _parts(line)):
        kind, value = read_identifier(part)
        is_number = kind == "external_id" and LIKE_A_NUMBER.fullmatch(part.strip())
        (unread if is_number or is_slip(part) else found)[value] = None
    return found


def _parts(line: str) -> list[str]:
    """Read a line whole where it is one customer, or nothing but addresses; else what stands between separators."""
    if read_identifier(line)[0] != "external_id" or CUT.search(line) or ("@" in line and not BETWEEN.search(line)):
        return [line]
    parts = [part for part in BETWEEN.split(line) if part.strip()]
    is_cut = any("@" in part and "." not in part.rpartition("@")[2] for part in parts)  # anna@gmail,com
    return [line] if is_cut else addresses_in(line) or parts
