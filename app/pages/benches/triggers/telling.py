"""A story goes on: steps that were asked for are done, what became of them is looked at, and each verdict is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.pages.benches.triggers.doing import OnLiveShop, do, look_from_now
from app.pages.benches.triggers.looking import expected_of, look_at, messages_of
from app.pages.benches.triggers.plots import CHANGE, EMPTY, GONE, LOOKS, MESSAGE, SUPPRESS
from app.pages.benches.triggers.words import expected_words, seen_words, step_words, verdict_words
from app.store.base import now
from app.store.customers import KnownCustomer
from app.store.trigger_stories import TriggerStep, TriggerStory
from app.web.context import desk
from app.web.customers.waiting import is_waiting
from app.web.page import MARKETERS
from app.web.panels.offered import NotOffered
from app.web.rees46 import About, noted
from app.web.shops import shop
from app.work.batches import batch_of
from app.work.kinds import Progress, kind

if TYPE_CHECKING:
    from typing import Any

    from sqlalchemy.orm import Session

    from app.pages.benches.triggers.looking import Look
    from app.store.works import Work

KIND = "benches.story"
PAUSE, LIVE_PAUSE = 2.0, 300.0  # seconds between two looks


@kind(KIND, label=_l("Story of a trigger"), page="benches.story", needs=MARKETERS, is_repeatable=True)
def go_on_telling(work: Work) -> Progress:
    """Do the next step that was asked for, or look at the one that was done."""
    with desk().reading() as db:
        story = batch_of(db, TriggerStory, work)
        customer = db.get_one(KnownCustomer, story.customer_id)
    step = next_of(story)
    if step is None:
        return _progress(story, is_over=True)
    if step.state == "waiting":
        _begin(story, step, customer)
        return _progress(story)
    seen, verdict = look_at(story, step, customer)
    _keep(story, step, customer, (seen, verdict))
    is_slow = shop().kind != "test" and step.name == CHANGE
    return _progress(story, pause=0 if verdict else LIVE_PAUSE if is_slow else PAUSE)


def next_of(story: TriggerStory) -> TriggerStep | None:
    """Find the step to go on with: what was asked for, and looks as long as all went right; None: somebody decides."""
    left = [step for step in story.steps if step.state != "ended"]
    if not left:
        return None
    step, went = left[0], [step.verdict for step in story.steps if step.state == "ended"]
    goes_on = looks_only(step) and bool(went) and all(verdict in {"right", "skipped"} for verdict in went)
    return step if step.state == "looking" or step.place <= story.until or goes_on else None


def looks_only(step: TriggerStep) -> bool:
    """Whether nothing is sent by a step: a live shop changes its product itself."""
    return step.name in LOOKS or (step.name == CHANGE and shop().kind != "test")


def _begin(story: TriggerStory, step: TriggerStep, customer: KnownCustomer) -> None:
    _prepare(story, step, customer)
    if looks_only(step) or _is_so_already(story, step):
        look_from_now(step)
        return
    try:
        refusal = do(story, step, customer)
    except OnLiveShop:
        _keep(story, step, customer, ({"live": True}, "wrong"))
        return
    if refusal is not None:
        _keep(story, step, customer, ({"refused": refusal}, "wrong"))


def _is_so_already(story: TriggerStory, step: TriggerStep) -> bool:
    """Whether there is nothing to do: it is out of stock, or a persona was chosen whose address is suppressed."""
    return (step.name == EMPTY and not story.item.get("available")) or (step.name == SUPPRESS and bool(story.name))


def _prepare(story: TriggerStory, step: TriggerStep, customer: KnownCustomer) -> None:
    """Say what is expected before anything is sent: of a change also what follows from it."""
    names = {step.name, MESSAGE, GONE} if step.name == CHANGE else {step.name}
    expected = {one.id: expected_of(story, one, customer) for one in story.steps if one.name in names}
    before = story.before or _before(story, customer)
    with desk().writing() as db:
        db.get_one(TriggerStory, story.id).before = before
        for number, said in expected.items():
            row = db.get_one(TriggerStep, number)
            row.expected = row.expected or said


def _before(story: TriggerStory, customer: KnownCustomer) -> dict[str, Any]:
    """Note whether they waited already, and which messages they had."""
    try:
        codes = [one.code for one in messages_of(customer)]
    except NotOffered:
        codes = []
    return {"waited": is_waiting(customer, story.kind, story.item_id), "codes": codes}


def _keep(story: TriggerStory, step: TriggerStep, customer: KnownCustomer, look: Look) -> None:
    """Keep what was seen; a verdict stands in the trail, in words, and what is wrong stops the story."""
    seen, verdict = look

    def write(db: Session, _act: object = None) -> None:
        row = db.get_one(TriggerStep, step.id)
        row.seen, row.verdict = seen, verdict
        if verdict:
            row.state, row.ended = "ended", now()
        if verdict == "wrong":
            whole = db.get_one(TriggerStory, story.id)
            whole.until = min(whole.until, step.place)

    if verdict is None:
        with desk().writing() as db:
            write(db)
        return
    with desk().reading() as db:
        expected = db.get_one(TriggerStep, step.id).expected
    told = {
        "story": story.key,
        "step": step_words(story, step.name),
        "expected": expected_words(story, step.name, expected),
        "seen": seen_words(story, step.name, seen),
        "verdict": verdict_words(verdict),
    }
    with noted("benches.JudgeStep", About(customer=customer, after=told, begun=write)):
        pass


def _progress(story: TriggerStory, *, is_over: bool = False, pause: float = 0) -> Progress:
    with desk().reading() as db:
        here = db.get_one(TriggerStory, story.id)
        done = sum(step.state == "ended" for step in here.steps)
        return Progress(done, len(here.steps), is_over=is_over, pause=pause)
