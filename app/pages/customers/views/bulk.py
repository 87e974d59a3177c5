"""Finding many customers at once: a short list while one waits, a long one part by part as work."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from flask import abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.customers import page
from app.pages.customers.forms.find import BulkForm
from app.pages.customers.pasted import OUTCOMES, find_all
from app.store import customers, lookups
from app.store.base import now
from app.store.budgets import Kind
from app.store.lookups import Lookup
from app.web.context import desk
from app.web.http.csv import csv_answer
from app.web.loaders import load_or_404
from app.web.page import EVERYONE, STAFF, needs
from app.web.paging_args import whole_number
from app.web.render import go, render
from app.web.safeguards.budgets import spend, spend_now
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.batches import batch_of, go_on_and_tell, queue, work_on
from app.work.bulk import SOURCES, Source
from app.work.kinds import Progress, kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from app.store.works import Work

KIND = "customers.lookup"
SHOWN = 500  # lines of a page


@page.route("/bulk", methods=["GET", "POST"])
@needs(EVERYONE)
def bulk() -> ResponseReturnValue:
    """Take a pasted list; what is found is kept for a day under an address that can be shared."""
    form = BulkForm()
    if form.validate_on_submit():
        typed = form.typed()
        return go(".bulk_found", key=_look_up(typed) if len(typed) <= lookups.PART else _look_up_by_parts(typed))
    return render("customers/bulk.html", form=form)


def _look_up(typed: list[str]) -> str:
    spend_now(Kind.LOOKED_UP, len(typed))  # before REES46 is asked
    lines = find_all(typed)
    with desk().writing() as db:
        return lookups.keep(db, shop().id, me().id, lines).key


def _look_up_by_parts(typed: list[str]) -> str:
    with desk().writing() as db:
        spend(db, Kind.LOOKED_UP, len(typed))
        key = lookups.keep_typed(db, shop().id, me().id, typed).key
        queue(db, KIND, key, total=len(typed))
    go_on_and_tell(KIND, key)
    return key


@kind(KIND, label=_l("Look-up of a list"), page="customers.bulk_found", needs=EVERYONE, is_repeatable=True)
def look_up_some(work: Work) -> Progress:
    """Look up the next lines; nothing is changed by it."""
    with desk().reading() as db:
        lookup = batch_of(db, Lookup, work)
        part = lookups.next_part(db, lookup.id)
        before = list(lookups.lines_of(db, lookup.id)) if part else []
    if part is None:
        return Progress(lookup.many, lookup.many, is_over=True)
    lines = find_all(part.typed, part.first, before)
    with desk().writing() as db:
        lookups.answer(db, part.id, lines)
    done = part.first + len(lines) - 1
    return Progress(done, lookup.many, is_over=done == lookup.many)


@page.get("/bulk/<key>")
def bulk_found(key: str) -> ResponseReturnValue:
    """Show what became of each line, all of them or one kind."""
    lookup = _lookup_or_404(key)
    shown = request.args.get("show") if request.args.get("show") in OUTCOMES else None
    counts: Counter[str] = Counter()
    first, lines = max(whole_number(request.args.get("from")) or 0, 0), []
    with desk().reading() as db:
        for line in lookups.lines_of(db, lookup.id):
            counts[line["outcome"]] += 1
            if shown in (None, line["outcome"]):
                place = (counts[shown] if shown else counts.total()) - 1
                lines += [line] if first <= place < first + SHOWN else []
    return render(
        "customers/bulk_found.html",
        lookup=lookup,
        lines=lines,
        shown=shown,
        counts=counts,
        first=first,
        step=SHOWN,
        total=counts[shown] if shown else counts.total(),
        work=work_on(KIND, key),
    )


def everybody(db: Session, most: int) -> list[int]:
    """Whom the lines that are shown lead to."""
    lookup, shown = _lookup_or_404(request.args.get("key", "")), request.args.get("show")
    lines = (line for line in lookups.lines_of(db, lookup.id) if shown in (None, line["outcome"]))
    keys = dict.fromkeys(one["key"] for line in lines for one in line["people"])
    return customers.ids_of_keys(db, lookup.shop_id, list(islice(keys, most)))


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
    with desk().reading() as db:
        lines = list(lookups.lines_of(db, lookup.id))
    for line in lines:
        start = [line["number"], line["text"], words[line["outcome"]]]
        for one in line["people"] or [{}]:
            yield [*start, *(one.get(name) for name in ("name", "email", "phone", "loyalty_id", "external_id"))]


def _lookup_or_404(key: str) -> Lookup:
    lookup = load_or_404(Lookup, key=key)
    if lookup.expires <= now():
        abort(404)
    return lookup
