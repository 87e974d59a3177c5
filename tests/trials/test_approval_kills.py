"""The worker is killed (SIGKILL) at random moments while what was approved goes out: nothing is lost or sent twice."""

import random
import time
from collections import Counter

import pytest
from sqlalchemy import select, update

from app.engine.store.jobs import Job
from app.store import approvals, shops
from app.store.acts import Act
from app.store.approvals import Approval
from app.store.base import now
from app.store.works import Work
from tests.patience import wait_until
from tests.trials.people import work_at_the_desk

PATIENCE = 60
HOOK = "https://shop.example.com/"  # by its address each call is known at REES46
SHORT = "test_what_was_approved_is_sent_once_whoever_is_killed"


@pytest.fixture
def ask(admin, desk):
    """Ask for a removal from the catalogue, which waits; gives its act."""
    with desk.writing() as db:
        shops.in_use(db)[0].approval_rules = ["catalogue_delete"]

    def ask(item):
        page = admin.get("/requests/try/products.Remove")
        page.press("Send to Demo", sure="y", asked=f'{{"items": ["x"], "webhook": "{HOOK}{item}"}}')
        with desk.reading() as db:
            return db.scalars(select(Approval).order_by(Approval.id.desc())).first()

    return ask


def approve(desk, approval):
    with desk.writing() as db:
        assert approvals.approve(db, approval, 99, "Somebody else", "Yes")


def let_leases_end(desk):
    """Nobody waits a minute for what a dead worker holds."""
    with desk.writing() as db:
        db.execute(update(Work).where(Work.owner.is_not(None)).values(until=now()))


def is_begun(desk, approval):
    """A worker took it up, or has done it already."""
    with desk.reading() as db:
        return db.scalars(select(Work).where(Work.act_id == approval.act_id)).one().state not in {"held", "waiting"}


def is_all_over(desk):
    with desk.reading() as db:
        return {act.state for act in db.scalars(removals())} <= {"done", "unknown"}


def removals():
    return select(Act).where(Act.what == "products.Remove")


@pytest.mark.parametrize(
    "kills", [pytest.param(2, id="a few"), pytest.param(100, id="a hundred", marks=pytest.mark.trial(short=SHORT))]
)
def test_what_was_approved_is_sent_once_whoever_is_killed(kills, box, desk, ask, settings, running):
    chance = random.Random(46)
    unhurried = settings.model_copy(update={"rates": "", "box_import_rate": 0})
    for number in range(kills):
        approval = ask(number)
        worker = running(work_at_the_desk, unhurried)
        approve(desk, approval)
        wait_until(lambda one=approval: is_begun(desk, one), PATIENCE, every=0.002)
        time.sleep(chance.uniform(0, 0.05))  # any moment of what was begun
        worker.kill()
        worker.join()
        let_leases_end(desk)
    running(work_at_the_desk, unhurried)
    wait_until(lambda: is_all_over(desk), PATIENCE)
    with desk.reading() as db:
        sent = {act.asked["webhook"]: act.state for act in db.scalars(removals())}
    with box.extensions["db"].reading() as db:
        arrived = Counter(job.about.get("webhook") for job in db.scalars(select(Job).where(Job.kind == "removal")))
    assert len(sent) == kills
    assert [item for item, times in arrived.items() if times > 1] == []
    assert [item for item, state in sent.items() if state == "done" and not arrived[item]] == []
