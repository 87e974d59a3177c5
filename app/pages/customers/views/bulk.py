"""Finding up to five hundred customers at once."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from flask import abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.customers import page
from app.pages.customers.forms.find import BulkForm
from app.pages.customers.pasted import OUTCOMES, find_all
from app.store import customers, lookups
from app.store.base import now
from app.store.lookups import Lookup
from app.web.context import desk
from app.web.http.csv import csv_answer
from app.web.loaders import load_or_404
from app.web.page import EVERYONE, STAFF, needs
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.bulk import SOURCES, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session


@page.route("/bulk", methods=["GET", "POST"])
@needs(EVERYONE)
def bulk() -> ResponseReturnValue:
    """Take a pasted list; what is found is kept for a day under an address that can be shared."""
    form = BulkForm()
    if form.validate_on_submit():
        lines = find_all(form.typed())
        with desk().writing() as db:
            kept = lookups.keep(db, shop().id, me().id, lines)
        return go(".bulk_found", key=kept.key)
    return render("customers/bulk.html", form=form)


@page.get("/bulk/<key>")
def bulk_found(key: str) -> ResponseReturnValue:
    """Show what became of each line, all of them or one kind."""
    lookup = _lookup_or_404(key)
    counts = Counter(line["outcome"] for line in lookup.lines)
    shown = request.args.get("show") if request.args.get("show") in OUTCOMES else None
    lines = [line for line in lookup.lines if shown in (None, line["outcome"])]
    return render("customers/bulk_found.html", lookup=lookup, lines=lines, shown=shown, counts=counts)


def everybody(db: Session, most: int) -> list[int]:
    """Whom the lines that are shown lead to."""
    lookup, shown = _lookup_or_404(request.args.get("key", "")), request.args.get("show")
    keys = [one["key"] for line in lookup.lines if shown in (None, line["outcome"]) for one in line["people"]]
    return customers.ids_of_keys(db, lookup.shop_id, keys)[:most]


SOURCES["found"] = Source(_l("Customers found"), "customers.bulk", STAFF, everybody)


@page.get("/bulk/<key>.csv")
def bulk_csv(key: str) -> ResponseReturnValue:
    """Give all lines as a file."""
    lookup = _lookup_or_404(key)
    about = (_("Customer"), _("E-mail"), _("Phone"), _("Loyalty ID"), _("Own ID"))
    header = [_("Line"), _("As typed"), _("Result"), *about]
    return csv_answer(f"customers-{lookup.at:%Y-%m-%d}", header, _cells(lookup))


def _cells(lookup: Lookup) -> Iterator[list[object]]:
    """One row a person; a line that leads to two people gives two rows."""
    words = {
        "found": _("found"),
        "missing": _("not found"),
        "ambiguous": _("several customers"),
        "repeated": _("repeated"),
        "unread": _("a name, not an identifier"),
    }
    for line in lookup.lines:
        start = [line["number"], line["text"], words[line["outcome"]]]
        for one in line["people"] or [{}]:
            yield [*start, *(one.get(name) for name in ("name", "email", "phone", "loyalty_id", "external_id"))]


def _lookup_or_404(key: str) -> Lookup:
    lookup = load_or_404(Lookup, key=key)
    if lookup.expires <= now():
        abort(404)
    return lookup
