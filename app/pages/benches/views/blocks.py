"""The register of blocks of recommendations: what each needs, what is expected, and what was kept of trying it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _

from app.pages.benches import page
from app.pages.benches.block_forms import NEEDS, ChangeForm, RegisterForm
from app.pages.benches.blocks import BENCH
from app.pages.benches.comparing import lines, pace
from app.store import benches, recommender_blocks
from app.store.recommender_blocks import MOST, RecommenderBlock
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

RUNS = 10  # that are listed


@page.get("/blocks")
def blocks() -> ResponseReturnValue:
    """List the blocks, and each case with how it went last."""
    with desk().reading() as db:
        found = recommender_blocks.of_shop(db, shop().id)
        runs = [run for run in benches.runs(db, shop().id, BENCH, RUNS + 1) if run.ended]
        last, previous = ([*runs, None, None])[:2]
        results = benches.results(db, last)
        rows = lines(benches.cases(db, shop().id, BENCH), results, benches.results(db, previous))
        names = {persona.id: persona.name for persona in benches.personas(db, shop().id)}
    took = pace(list(results.values()))
    called = {block.code: block for block in found}
    return render(
        "benches/blocks.html",
        blocks=found,
        rows=rows,
        runs=runs[:RUNS],
        last=last,
        took=took,
        names=names,
        called=called,
        needs=NEEDS,
    )


@page.get("/blocks/new")
def new_block() -> ResponseReturnValue:
    return _show(RegisterForm(formdata=None, in_stock=True), None)


def _show(form: ChangeForm, block: RecommenderBlock | None) -> ResponseReturnValue:
    return render("benches/block.html", form=form, block=block)


@page.get("/blocks/<int:number>")
def edit_block(number: int) -> ResponseReturnValue:
    block = load_or_404(RecommenderBlock, number=number)
    said = {"name": block.name, "needs": block.needs, "is_beside": block.is_beside}
    return _show(ChangeForm(formdata=None, data=said | block.expected), block)


@page.post("/blocks")
def register_block() -> ResponseReturnValue:
    """Write a block down."""
    form = RegisterForm()
    if not form.validate_on_submit():
        return _show(form, None)
    code = form.code.data.strip()
    with desk().reading() as db:
        is_there = recommender_blocks.by_code(db, shop().id, code) is not None
        is_full = len(recommender_blocks.of_shop(db, shop().id)) >= MOST
    if is_there or is_full:
        form.refuse(
            _("This block is there already.") if is_there else _("There are too many already. Drop some first.")
        )
        return _show(form, None)
    return _keep(form, code)


@page.post("/blocks/<int:number>")
def change_block(number: int) -> ResponseReturnValue:
    """Say anew what a block needs and what is expected of it; its code stays."""
    block, form = load_or_404(RecommenderBlock, number=number), ChangeForm()
    if not form.validate_on_submit():
        return _show(form, block)
    return _keep(form, block.code, block)


def _keep(form: ChangeForm, code: str, before: RecommenderBlock | None = None) -> ResponseReturnValue:
    said = form.said()

    def keep(db: Session, _act: object) -> None:
        recommender_blocks.keep(db, shop().id, code, **said)
        for case in benches.of_block(db, shop().id, code):
            case.expected = said["expected"]

    was = {name: getattr(before, name) for name in said} if before else None
    with noted("benches.KeepBlock", About(before=was, after={"code": code, **said}, begun=keep)):
        flash(_("The block %(code)s can be tried now.", code=code), "success")
    return go(".blocks")


@page.post("/blocks/<int:number>/drop")
def drop_block(number: int) -> ResponseReturnValue:
    """Drop a block from the register, with what was kept of trying it; REES46 keeps the block."""
    block = load_or_404(RecommenderBlock, number=number)

    def drop(db: Session, _act: object) -> None:
        for case in benches.of_block(db, shop().id, block.code):
            benches.drop_case(db, shop().id, case.id)
        recommender_blocks.drop(db, shop().id, block.code)

    with noted("benches.DropBlock", About(before={"code": block.code, "name": block.name}, begun=drop)):
        flash(_("Dropped."), "success")
    return go(".blocks")
