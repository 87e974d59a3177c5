"""One story of a trigger, told by buttons: steps with what is expected, what was seen, and what can be done next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request
from flask_babel import gettext as _

from app.pages.benches import page
from app.pages.benches.triggers import words
from app.pages.benches.triggers.plots import CATALOGUE, CHANGE, EMPTY, KINDS, PLOTS
from app.pages.benches.triggers.telling import KIND, looks_only, next_of
from app.store import trigger_stories as store
from app.store.customers import KnownCustomer
from app.store.trigger_stories import RESTORE, TriggerStory
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.render import go, render
from app.web.shops import shop
from app.work.batches import go_on_and_tell, work_on

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SECONDS = 4.0  # that one request spends on a story


@page.get("/triggers/<key>")
def story(key: str) -> ResponseReturnValue:
    return _show(load_or_404(TriggerStory, key=key))


def _show(shown: TriggerStory, refusal: str = "") -> ResponseReturnValue:
    due = [step for step in shown.steps if step.state == "waiting" and not looks_only(step)]
    return render(
        "benches/story.html",
        403 if refusal else None,
        story=shown,
        customer=load_or_404(KnownCustomer, number=shown.customer_id),
        words=words,
        refusal=refusal,
        due=due[0] if due and next_of(shown) is None and _may_be_done(due[0].name) else None,
        looking=next((step for step in shown.steps if step.state == "looking"), None),
        may_restore=_may_restore(shown),
        work=work_on(KIND, shown.key),
        kinds=KINDS,
        plots=PLOTS,
    )


def _may_be_done(name: str) -> bool:
    return name not in CATALOGUE or shop().kind == "test"


def _may_restore(shown: TriggerStory) -> bool:
    """Whether the product was changed, and nobody has asked for it to be put back."""
    back = shown.step(RESTORE)
    is_changed = any(step.act_id for step in shown.steps if step.name in {EMPTY, CHANGE})
    return _may_be_done(RESTORE) and is_changed and back is not None and back.state == "waiting"


@page.post("/triggers/<key>/go-on")
def go_on_story(key: str) -> ResponseReturnValue:
    """Do one step, or all to the end; what follows by itself is looked at. Without a step it is only looked at."""
    shown, name = load_or_404(TriggerStory, key=key), request.form.get("step", "")
    wanted = shown.steps[-1] if name == "all" else shown.step(name)
    if name and wanted is None:
        abort(404)
    if wanted is not None:
        asked = [step.name for step in shown.steps[: wanted.place + 1] if step.state == "waiting"]
        if not all(map(_may_be_done, asked if name == "all" else [name])):
            return _show(shown, _("This shop is live: its catalogue is not touched from here. Nothing was sent."))
        with desk().writing() as db:
            store.ask_for(db, shown.id, wanted.place, skips=name == RESTORE)
    go_on_and_tell(KIND, key, title=words.title_of(shown), seconds=SECONDS)
    return go(".story", key=key)
