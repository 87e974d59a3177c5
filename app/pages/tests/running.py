"""A run as work: each scenario sent once, by an act of its own, then read back and judged.

What was begun and not answered is unknown, as any act, and is never sent again by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.tests.judging import Facts, judge
from app.rees46 import messages
from app.rees46.errors import NotAllowed, Rees46Error, Refused, TooMany
from app.store import matrix
from app.store.base import now
from app.store.campaigns import Campaign, parts_of
from app.store.matrix import MatrixMessage, MatrixPlan, MatrixRun
from app.store.sends import Send
from app.web.context import desk
from app.web.messaging.delivery import delivered, keep_number
from app.web.messaging.gate import gate_of
from app.web.messaging.preview import fill_copies
from app.web.page import STAFF
from app.web.rees46 import About, act
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.batches import batch_of
from app.work.kinds import Progress, kind

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.rees46.operation import Operation
    from app.store.acts import Act
    from app.store.works import Work
    from app.web.messaging.delivery import Delivered

KIND = "tests.run"
LOOKS = 4  # times that REES46 is asked what it delivered, before it counts as not told
PAUSES = (0.5, 2.0, 6.0)  # seconds between them
STILL = {"sending", "held"}
COMES = {"preview", "contains", "lacks", "equals", "parts", "encoding", "taken"}  # expect something to come


def take_back(db: Session, work: Work) -> None:
    """Nothing of it went out."""
    run = batch_of(db, MatrixRun, work)
    matrix.move(db, run.id, "running", "undone")


@kind(
    KIND,
    label=_l("Test matrix"),
    page="tests.run",
    needs=STAFF,
    is_repeatable=False,
    is_message=True,
    taken_back=take_back,
)
def do_some(work: Work) -> Progress:
    """Send the next scenario; when all were sent, read back and judge what was delivered."""
    with desk().reading() as db:
        run = batch_of(db, MatrixRun, work)
        rows = matrix.messages(db, run.id)
        campaign = db.get_one(Campaign, db.get_one(MatrixPlan, run.plan_id).campaign_id)
    waiting = [row for row in rows if row.outcome == "waiting"] if run.state == "running" else []
    if waiting:
        _send(run, campaign, waiting[0])
        return Progress(len(rows) - len(waiting) + 1, len(rows))
    late = [row for row in rows if not row.is_judged and not _look_at(row)]
    if late:
        return Progress(len(rows), len(rows), pause=PAUSES[min(row.looks for row in late)])
    with desk().writing() as db:
        matrix.move(db, run.id, "running", "done", ended=now())
    return Progress(len(rows), len(rows), is_over=True)


def _send(run: MatrixRun, campaign: Campaign, row: MatrixMessage) -> None:
    """Send a scenario, unless the allow-list says no by now; that it is being sent is written down first."""
    send = Send(
        shop_id=run.shop_id,
        person_id=me().id,
        person=me().name,
        kind="sms" if campaign.kind == "sms" else "transact",
        campaign=campaign.code,
        campaign_name=campaign.name,
        asked=row.asked,
        recipient_id=row.customer_id,
        customer_id=row.customer_id,
        language=row.language,
        texts=fill_copies(campaign, row.asked["variables"], row.language).texts,
    )
    with desk().writing() as db:
        if gate_of(db, shop(), send).wants_typing:
            db.get_one(MatrixMessage, row.id).stopped = _("This is a live shop, and they are not on the allow-list.")
            return

    def begun(db: Session, started: Act) -> None:
        send.act_id = started.id
        matrix.take(db, row.id, send, send.texts)

    kind_of_call: type[Operation[Any]] = messages.Sms if campaign.kind == "sms" else messages.Transact
    try:
        act(kind_of_call.from_form(row.asked), About(row.customer, begun=begun, ended=keep_number))
    except matrix.Taken:
        return
    except Refused as refused:
        if isinstance(refused, NotAllowed | TooMany):
            raise


def _look_at(row: MatrixMessage) -> bool:
    """Judge a message by what became of it; False while REES46 may still tell what it delivered."""
    state, number = row.outcome, row.send.number if row.send else None
    told: Delivered | None = None
    if state == "sent" and number:
        try:
            told = delivered(row.customer.identity, number)
        except Rees46Error as error:
            if not isinstance(error, Refused) or isinstance(error, TooMany):
                raise
        expected = {cell.channel for cell in row.cells if any(one["check"] in COMES for one in cell.expected)}
        if (told is None or expected - told.keys()) and row.looks + 1 < LOOKS:
            row.looks += 1
            with desk().writing() as db:
                db.get_one(MatrixMessage, row.id).looks = row.looks
            return False
    if state in STILL:
        return False
    _judge(row, state, told or None)
    return True


def _judge(row: MatrixMessage, state: str, told: Delivered | None) -> None:
    refused = (row.send.act.message or "") if row.send and row.send.act and state == "refused" else None
    not_sent = _("It was not sent: REES46 could not be reached.") if state == "failed" else row.stopped
    with desk().writing() as db:
        kept = db.get_one(MatrixMessage, row.id)
        kept.is_judged = True
        for cell in kept.cells:
            came = told.get(cell.channel) if told else None
            facts = Facts(refused, not_sent, told is not None, came, parts_of(cell.channel, kept.texts))
            cell.delivered = came
            cell.verdict, cell.found = judge(cell.expected, facts)
