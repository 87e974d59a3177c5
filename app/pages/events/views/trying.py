"""Sending test events: one, several as a script, or those of an earlier run once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from app.pages.events import page
from app.pages.events.forms import EventForm, ScriptForm, TryForm
from app.pages.events.kinds import INIT, KINDS
from app.pages.events.runs import KIND, keep, new_run
from app.pages.events.script import EXAMPLES
from app.pages.events.views.runs import run_or_404, shown
from app.store import event_runs, products_seen, recommender_blocks
from app.web.context import desk
from app.web.page import MARKETERS, needs
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.batches import go_on_and_tell

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.pages.events.script import Step

SECONDS = 4.0  # that one request spends on sending
PRODUCTS = 10  # that are offered to choose from


@page.route("/try", methods=["GET", "POST"], endpoint="try_event")
@needs(MARKETERS)
def try_event() -> ResponseReturnValue:
    """Send one event: `?event=cart`."""
    event = request.values.get("event", "view")
    event = event if event in KINDS else "view"
    form = EventForm()
    if form.validate_on_submit() and (step := form.step(event)) and (answer := _sent(form, [step])):
        return answer
    if not form.is_submitted():
        form.name.data = request.args.get("name", "").replace("\0", "")[:255]
    with desk().reading() as db:
        known = event_runs.custom_events(db, shop().id)
        blocks = recommender_blocks.of_shop(db, shop().id)
        products = products_seen.visited_lately(db, shop().id, PRODUCTS)
    return render(
        "events/try.html",
        form=form,
        event=event,
        kinds=KINDS,
        known=known,
        blocks=blocks,
        products=products,
        has_device=_has_device(),
    )


def _sent(form: TryForm, steps: list[Step], block: dict[str, object] | None = None) -> ResponseReturnValue | None:
    """Keep and send what fits; None when something does not. `block` is to be read after each step."""
    run = new_run(form)
    run.block = block or {}
    if not steps or not form.fits(run, steps):
        return None
    kept = keep(run, steps)
    go_on_and_tell(KIND, kept.key, title=kept.title, seconds=SECONDS)
    return go("benches.history", key=kept.key) if kept.block else go(".run", key=kept.key)


def _has_device() -> bool:
    with desk().reading() as db:
        return event_runs.last_of(db, shop().id, me().id) is not None


@page.route("/script", methods=["GET", "POST"])
@needs(MARKETERS)
def script() -> ResponseReturnValue:
    """Send several events one after the other: `?example=buy`; `?block=…` says which block is read after each."""
    form = ScriptForm()
    if form.validate_on_submit() and (answer := _sent(form, form.steps(), form.asked())):
        return answer
    with desk().reading() as db:
        seen = [row.item_id for row in products_seen.visited_lately(db, shop().id, 2)]
    if not form.is_submitted():
        form.begin(request.args)
        _begin_with(form, seen)
    return render("events/script.html", form=form, kinds=KINDS, examples=EXAMPLES, has_device=_has_device())


def _begin_with(form: ScriptForm, seen: list[str]) -> None:
    """Write the example that was asked for, with the product of the block or those that were seen last."""
    named = [item for item in (form.item.data, *seen, "1012", "1071") if item]
    if example := EXAMPLES.get(request.args.get("example", "")):
        form.script.data = example[1].format(item=named[0], other=named[1])


@page.post("/runs/<key>/again")
def again(key: str) -> ResponseReturnValue:
    """Send the events of a run once more; its test orders get new numbers."""
    former, form = run_or_404(key), TryForm()
    steps = [(step.event, _without_order(step.said)) for step in former.steps if step.event != INIT]
    if form.validate_on_submit() and (answer := _sent(form, steps, former.block)):
        return answer
    return shown(former, form)


def _without_order(said: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in said.items() if name != "order_id"}
