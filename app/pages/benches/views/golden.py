"""Golden queries: kept, dropped, and all asked at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _

from app.pages.benches import page
from app.pages.benches.choosing import personas
from app.pages.benches.comparing import lines, pace
from app.pages.benches.expectations import mistyped, other_layout
from app.pages.benches.forms import KINDS, GoldenForm
from app.pages.benches.keeping import keep, tell_kept
from app.rees46.search import LONGEST_QUERY
from app.store import benches
from app.web.context import desk
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

BENCH = "search"
RUNS = 10  # that are listed


@page.get("/golden")
def golden() -> ResponseReturnValue:
    """List the queries with how each went last."""
    with desk().reading() as db:
        runs = [run for run in benches.runs(db, shop().id, BENCH, RUNS + 1) if run.ended]
        last, previous = ([*runs, None, None])[:2]
        results = benches.results(db, last)
        cases = benches.cases(db, shop().id, BENCH)
        rows = lines(cases, results, benches.results(db, previous))
        names = {persona.id: persona.name for persona in benches.personas(db, shop().id)}
    took = pace(list(results.values()))
    return render("benches/golden.html", rows=rows, runs=runs[:RUNS], last=last, took=took, names=names, kinds=KINDS)


@page.get("/golden/new")
def new_golden() -> ResponseReturnValue:
    """Begin a golden query with what was tried."""
    words, item = (request.args.get(name, "").replace("\0", "").strip() for name in ("q", "item"))
    return _show(GoldenForm(formdata=None, words=words[:LONGEST_QUERY], item_id=item[:255]))


def _show(form: GoldenForm) -> ResponseReturnValue:
    form.persona.choices = personas()
    return render("benches/new_golden.html", form=form)


@page.post("/golden")
def keep_golden() -> ResponseReturnValue:
    """Keep a query with what is expected, and what it becomes under other fingers."""
    form = GoldenForm()
    form.persona.choices = personas()
    if not form.validate_on_submit():
        return _show(form)
    words = " ".join((form.words.data or "").split())
    ways = [words]
    ways += [mistyped(words)] if form.mistyped.data else []
    ways += [other_layout(words)] if form.other_layout.data else []
    asked = [({"words": way, "kind": form.kind.data}, form.persona.data) for way in dict.fromkeys(ways)]
    tell_kept(keep(BENCH, asked, form.expected()), _("Kept. Run the golden queries to see whether it is met."))
    return go(".golden")


@page.post("/golden/missed")
def keep_missed() -> ResponseReturnValue:
    """Expect of a query that found nothing that it finds something."""
    words = " ".join(request.form.get("words", "").replace("\0", "").split())[:LONGEST_QUERY]
    if words:
        kept = keep(BENCH, [({"words": words, "kind": "full"}, None)], {"at_least": 1})
        tell_kept(kept, _("Kept. Run the golden queries to see whether it is met."))
    return go(".golden")
