"""Runs of all cases of a bench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash
from flask_babel import gettext as _

from app.pages.benches import page
from app.pages.benches.comparing import lines, pace
from app.pages.benches.forms import KINDS
from app.pages.benches.running import KIND
from app.store import benches, recommender_blocks
from app.store.benches import BenchCase, BenchRun
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work import batches

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

LISTS = {"search": ".golden", "blocks": ".blocks"}  # where the cases of a bench stand
SECONDS = 5.0  # that one request spends on asking


@page.post("/<any(search, blocks):bench>/run")
def begin_run(bench: str) -> ResponseReturnValue:
    """Ask all cases: as many as one request does, and the rest goes on by itself."""
    opened: list[BenchRun] = []

    def begin(db: Session, _act: object) -> None:
        opened.append(benches.begin(db, shop().id, bench, me().name))
        batches.queue(db, KIND, opened[0].key, total=opened[0].total)

    with desk().reading() as db:
        if not benches.cases(db, shop().id, bench):
            flash(_("There is nothing to run yet."), "info")
            return go(LISTS[bench])
    with noted("benches.Run", About(after={"bench": bench}, begun=begin)):
        pass
    batches.go_on(KIND, opened[0].key, seconds=SECONDS)
    return go(".run", key=opened[0].key)


@page.get("/runs/<key>")
def run(key: str) -> ResponseReturnValue:
    """Show a run beside the one before it."""
    shown = load_or_404(BenchRun, key=key)
    with desk().reading() as db:
        results = benches.results(db, shown)
        before = benches.before(db, shown)
        cases = [case for case in benches.cases(db, shop().id, shown.bench) if case.id in results]
        rows = lines(cases, results, benches.results(db, before))
        names = {persona.id: persona.name for persona in benches.personas(db, shop().id)}
        called = {block.code: block for block in recommender_blocks.of_shop(db, shop().id)}
    return render(
        "benches/run.html",
        shown=shown,
        before=before,
        rows=rows,
        work=batches.work_on(KIND, shown.key),
        took=pace(list(results.values())),
        names=names,
        kinds=KINDS,
        called=called,
        back=LISTS[shown.bench],
    )


@page.post("/cases/<int:number>/drop")
def drop_case(number: int) -> ResponseReturnValue:
    """Drop a case with all that came of it."""
    case = load_or_404(BenchCase, number=number)
    if case.bench not in LISTS:
        abort(404)
    about = About(
        before={"asked": case.asked, "expected": case.expected},
        begun=lambda db, _act: benches.drop_case(db, shop().id, case.id),
    )
    with noted("benches.DropCase", about):
        flash(_("Dropped."), "success")
    return go(LISTS[case.bench])
