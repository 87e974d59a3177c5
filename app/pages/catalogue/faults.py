"""What is wrong with a row of a catalogue, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.catalogue.targets import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

WORDS = {
    "missing": _l("It is mandatory, and not there."),
    "wide": _l("The row has more cells than there are columns."),
    "garbled": _l("A byte of this cell is no letter in the file's encoding. Write the cell again."),
    "formula": _l("A spreadsheet has no value here: an error, or a formula that was never computed."),
    "cut": _l("The spreadsheet cut this number. Format the column as text, and enter it again."),
    "decimal": _l("A spreadsheet wrote this ID as a fraction. Format the column as text, and enter it again."),
    "unseen": _l("Signs that nobody sees stand in this ID. Write it again."),
    "number": _l("This is not a number."),
    "either": _l("This may be thousands or a fraction. Write 1240 or 1.24, with no separator of thousands."),
    "fraction": _l("This is not a whole number."),
    "flag": _l("This is neither yes nor no."),
    "long": _l("This is longer than 255 characters."),
    "text": _l("This is no text."),
    "json": _l("This is no JSON that the property can hold."),
    "wrong": _l("The item schema does not take this value."),
    "picture": _l("The address of the picture has %(more)s characters; REES46 takes 500."),
    "discount": _l("The file says %(given)s %%, by the prices it is %(computed)s %%. The file's own number is sent."),
    "oldprice": _l("The old price is not higher than the price, so there is no discount."),
    "url": _l("A browser would not open this as it stands: %(more)s"),
    "query": _l("A plus or blank behind the question mark means a blank. Write %%2B for a plus: %(more)s"),
    "twice": _l("The same ID stands in row %(more)s already; that one is sent."),
    "category": _l("The tree of REES46 has no category %(more)s: the product is not shown there."),
    "location": _l("The desk never sent location %(more)s."),
    "parent": _l("Its parent %(more)s is not there."),
    "circle": _l("It stands below itself: %(more)s."),
    "unavailable": _l("The file says that it is not in stock, so it is not listed."),
}
LEAVES = {"missing", "wide", "picture", "twice", "unavailable"}


def in_words(kind: str, fault: Sequence[Any]) -> str:
    """Say one fault: of which property, and what is wrong there."""
    code, of, more = fault
    values = {"more": more}
    if code == "discount":
        values = {"given": more[0], "computed": more[1]}
    words = str(WORDS.get(code, WORDS["wrong"])) % values
    return f"{label_of(kind, of)}: {words}" if of else words


def summary(code: str) -> str:
    """Say what a fault is about in a list of all of them."""
    return {
        "missing": _("Something mandatory is not there"),
        "wide": _("More cells than columns"),
        "twice": _("The same ID again"),
        "picture": _("Address of the picture too long"),
        "discount": _("Discount is not that of the prices"),
        "oldprice": _("Old price not above the price"),
        "url": _("Odd URL"),
        "query": _("Odd query of a URL"),
        "category": _("Category that is not there"),
        "location": _("Location that is not there"),
        "parent": _("Parent that is not there"),
        "circle": _("Stands below itself"),
        "unavailable": _("Not in stock by the file"),
    }.get(code, _("A value that cannot be read"))
