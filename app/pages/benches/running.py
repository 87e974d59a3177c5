"""A run asks all cases of a bench, one after the other, and keeps what came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.pages.benches import blocks, searching
from app.pages.benches.asking import device, who_is
from app.pages.benches.expectations import failures
from app.store import benches
from app.store.benches import BenchResult
from app.web.context import desk
from app.web.page import MARKETERS
from app.work.kinds import Progress, kind

if TYPE_CHECKING:
    from app.pages.benches.asking import Answer
    from app.store.benches import BenchCase, BenchRun
    from app.store.works import Work

KIND = "benches.run"
AT_ONCE = {"search": 5, "blocks": 2}  # cases of a part; stock is read product by product
KEPT = 20  # products of an answer


@kind(KIND, label=_l("Run of a test bench"), page="benches.run", needs=MARKETERS, is_repeatable=True)
def ask_some(work: Work) -> Progress:
    """Ask some cases. One that was asked by a worker that died is asked again: asking changes nothing."""
    with desk().reading() as db:
        run = benches.run_by_key(db, work.shop_id, work.subject)
        due = benches.untried(db, run, AT_ONCE[run.bench]) if run else []
    if run is None:
        return Progress(0, 0, is_over=True)
    rows = [_tried(run, case) for case in due]
    with desk().writing() as db:
        there = benches.results(db, run)
        db.add_all(row for row in rows if row.case_id not in there)
        is_over = len(due) < AT_ONCE[run.bench]
        if is_over:
            benches.end(db, run)
        return Progress(len(benches.results(db, run)), run.total, is_over=is_over)


def _tried(run: BenchRun, case: BenchCase) -> BenchResult:
    answer = answer_to(case)
    failed = [] if answer.error else failures(case.expected, answer)
    return BenchResult(
        run_id=run.id,
        case_id=case.id,
        state="lost" if answer.error else "wrong" if failed else "right",
        failed=failed,
        items=answer.items[:KEPT],
        total=answer.total,
        milliseconds=answer.milliseconds,
    )


def answer_to(case: BenchCase) -> Answer:
    """Ask what a case asks."""
    if case.bench == blocks.BENCH:
        who = device(case.asked["did"]) if case.asked.get("did") else who_is(case.persona_id)
        return blocks.ask_block(case.asked, who, case.expected)
    return searching.search(case.asked["words"], case.asked["kind"], who_is(case.persona_id))
