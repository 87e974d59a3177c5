"""A block of recommendations tried for several at once, kept, and read again as a test device gets a history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.benches import page
from app.pages.benches.asking import DEVICE, Answer, my_device, who_is_chosen
from app.pages.benches.block_forms import TEXTS, TryBlockFilters
from app.pages.benches.blocks import BENCH, Column, align, asked_of, column, lacking
from app.pages.benches.keeping import keep, tell_kept
from app.store import event_runs, products_seen, recommender_blocks
from app.store.event_runs import EventRun
from app.web.catalogue import remembered, row_of
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.render import go, render
from app.web.shops import shop
from app.work.batches import work_on

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.event_runs import Snapshot
    from app.store.products_seen import SeenProduct
    from app.store.recommender_blocks import RecommenderBlock

PRODUCTS = 10  # that are offered to choose from
KIND = "events.run"  # what sends the events of a history
AFTER = {
    "init": _l("After the visit began"),
    "view": _l("After the view"),
    "cart": _l("After the cart"),
    "purchase": _l("After the purchase"),
}


@page.get("/recommend")
def recommend() -> ResponseReturnValue:
    """Ask one block for up to three, side by side."""
    form, block = _form()
    said = form.said()
    missing = lacking(block, said) if block else []
    columns = _columns(form, block) if block and not missing else []
    with desk().reading() as db:
        products = products_seen.visited_lately(db, shop().id, PRODUCTS)
    return render(
        "benches/recommend.html",
        form=form,
        block=block,
        texts=[name for name in TEXTS if block and name in block.needs],
        missing=missing,
        columns=columns,
        aligned=align([one.answer for one in columns]),
        has_device=my_device() is not None,
        typed=said,
        products=products,
    )


def _form(said: object = None) -> tuple[TryBlockFilters, RecommenderBlock | None]:
    """Read the form with the block that it names; the first one, if it names none."""
    with desk().reading() as db:
        blocks = recommender_blocks.of_shop(db, shop().id)
    form = TryBlockFilters(said)
    form.offer(blocks)
    chosen = next((block for block in blocks if block.id == form.block.data), blocks[0] if blocks else None)
    form.block.data = chosen.id if chosen else None
    return form, chosen


def _columns(form: TryBlockFilters, block: RecommenderBlock) -> list[Column]:
    asked = asked_of(block, form.said())
    whos = [who_is_chosen(choice) for choice in form.chosen() if choice != DEVICE or my_device()]
    return [column(asked, who, block.expected) for who in whos]


@page.post("/recommend/keep")
def keep_tries() -> ResponseReturnValue:
    """Keep what is asked here for each column, so that every run asks it again."""
    form, block = _form(request.form)
    said = form.said()
    if block is None or lacking(block, said):
        return go(".recommend", **_address(form))
    asked, device = asked_of(block, said), my_device()
    whos = [who_is_chosen(choice) for choice in form.chosen() if choice != DEVICE or device]
    wishes = [(asked | ({} if who.customer or who.is_nobody else {"did": who.did}), who.persona_id) for who in whos]
    if wishes:
        tell_kept(keep(BENCH, wishes, block.expected), _("Kept. Run all to see whether what is expected is met."))
    return go(".blocks")


def _address(form: TryBlockFilters) -> dict[str, str]:
    return {name: str(field.data) for name, field in form._fields.items() if field.data}


@page.get("/recommend/history/<key>")
def history(key: str) -> ResponseReturnValue:
    """Show how a block changed with each event of a test device."""
    run = load_or_404(EventRun, key=key)
    code = str(run.block.get("code") or abort(404))
    seen: list[tuple[str, Snapshot]] = [(_("Before"), run.before)]
    seen += [(str(AFTER.get(step.event, step.event)), step.after) for step in run.steps if step.after]
    lists = [(words, told.get(event_runs.part_of_block(code))) for words, told in seen]
    read = remembered(item for _words, told in lists for item, _amount in told or [])
    columns = [(words, _answer(told, read)) for words, told in lists]
    with desk().reading() as db:
        block = recommender_blocks.by_code(db, shop().id, code)
    return render(
        "benches/history.html",
        run=run,
        block=block,
        code=code,
        columns=columns,
        aligned=align([answer for _words, answer in columns]),
        work=work_on(KIND, run.key),
    )


def _answer(told: list[list[object]] | None, read: dict[str, SeenProduct]) -> Answer:
    """Make an answer of the IDs that were kept, with what the desk read of the products."""
    if told is None:
        return Answer(error={"happened": _("not told")})
    rows = [row_of(str(item)) | _known(read.get(str(item))) for item, _amount in told]
    return Answer(rows, len(rows))


def _known(product: SeenProduct | None) -> dict[str, object]:
    return (
        {name: getattr(product, name) for name in ("name", "price", "oldprice", "currency", "picture")}
        if product
        else {}
    )
