"""What waits for a second person, one of it with its exact effect, and approving or refusing it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash
from flask_babel import gettext as _

from app.pages.approvals import allowances, page
from app.pages.approvals.columns import columns
from app.pages.approvals.forms import ApprovalFilters, DecideForm, WhyForm
from app.rees46.errors import Rees46Error
from app.store import acts, approvals, outbox
from app.store.acts import Act
from app.store.approvals import Approval
from app.store.paging import newest, within
from app.store.works import Work
from app.web.context import desk, settings
from app.web.loaders import load_or_404
from app.web.page import EVERYONE, asks_again, needs
from app.web.rees46 import About, new_act, noted
from app.web.render import go, render
from app.web.safeguards.approval_rules import label_of
from app.web.safeguards.budgets import LABELS
from app.web.safeguards.second_person import Review, fits, is_as_reviewed, look
from app.web.shops import shop
from app.web.sign_in.login import me
from app.web.tables.listing import Listing, list_page
from app.work.approving import may_decide, needs_of
from app.work.batches import step_now
from app.work.kinds import KINDS, undone

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session


@page.get("/")
def index() -> ResponseReturnValue:
    form = ApprovalFilters()
    return list_page("approvals/index.html", lambda db, at: _listing(db, form, at))


def _listing(db: Session, form: ApprovalFilters, at: dict[str, Any]) -> Listing[Approval]:
    state = form.state.data if form.validate() else ""
    wanted = approvals.waiting(shop().id) if state == "open" else approvals.of_shop(shop().id)
    if state and state != "open":
        wanted = wanted.where(Approval.state == state)
    found = newest(db, within(wanted, Approval.at, form.between()), Approval.id, **at)
    return Listing(_("Approvals, newest first"), columns(), found, form, file="approvals")


@page.get("/of/<key>")
def of(key: str) -> ResponseReturnValue:
    """Lead from a job to what was asked."""
    work = load_or_404(Work, key=key)
    with desk().reading() as db:
        approval = approvals.of_act(db, work.act_id)
    return go(".show", key=approval.key) if approval else abort(404)


@page.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    return _show(_approval(key), DecideForm(formdata=None), WhyForm(formdata=None))


def _approval(key: str) -> Approval:
    return load_or_404(Approval, key=key)


def _show(approval: Approval, form: DecideForm, why: WhyForm) -> ResponseReturnValue:
    act, work = _about(approval)
    is_open = approval.state == "open" and act.state == "awaiting"
    may_see = approval.person_id == me().id or me().may(needs_of(approval))
    lines = approval.lines(settings().key) if may_see else []
    review = _review(work, act) if is_open and may_see else None
    is_same = review is None or fits(review, approval)
    return render(
        "approvals/show.html",
        approval=approval,
        act=act,
        work=work,
        rule=label_of(approval.rule),
        label=KINDS[work.kind].label,
        lines=review.lines if review and is_same else lines,
        changed_lines=[] if is_same or review is None else review.lines,
        is_same=is_same,
        is_open=is_open,
        may_see=may_see,
        may_decide=is_open and may_decide(approval, me()),
        form=form,
        why=why,
        is_mine=approval.person_id == me().id,
    )


def _about(approval: Approval) -> tuple[Act, Work]:
    with desk().reading() as db:
        act = db.get_one(Act, approval.act_id)
        return act, outbox.of_acts(db, [act.id])[act.id]


def _review(work: Work, act: Act) -> Review | None:
    """Look at it as it is now; None while REES46 does not answer."""
    try:
        return look(work, act)
    except Rees46Error:
        return None


@page.post("/<key>/approve")
@asks_again
def approve(key: str) -> ResponseReturnValue:
    """Let it go out, if it would still do what was shown."""
    approval, form = _to_decide(key), DecideForm()
    if not form.validate_on_submit():
        return _show(approval, form, WhyForm(formdata=None))
    act, work = _about(approval)
    if not is_as_reviewed(work, act, approval):
        return _end(approval, work, "changed", form.answer.data or "")
    by = _by("approvals.Approve", approval, form.answer.data)
    with desk().writing() as db:
        is_approved = approvals.approve(db, approval, me().id, me().name, form.answer.data)
        if is_approved:
            db.add(by)
    if not is_approved:
        flash(_("It is decided, taken back or too late already. Nothing was sent by this."), "warning")
        return go(".show", key=key)
    step_now(work.id)
    flash(_("Approved. What became of it stands below."), "success")
    return go(".show", key=key)


@page.post("/<key>/refuse")
def refuse(key: str) -> ResponseReturnValue:
    approval, form = _to_decide(key), DecideForm()
    if not form.validate_on_submit():
        return _show(approval, form, WhyForm(formdata=None))
    return _end(approval, _about(approval)[1], "refused", form.answer.data or "")


def _to_decide(key: str) -> Approval:
    approval = _approval(key)
    if approval.person_id == me().id:
        abort(409, _("You asked for this yourself: somebody else has to decide."))
    if not may_decide(approval, me()):
        abort(403)
    return approval


def _end(approval: Approval, work: Work, ending: approvals.Ending, answer: str) -> ResponseReturnValue:
    """Let nothing go out, and lead the batch back to its review."""
    words = {
        "refused": _("Refused by %(person)s: %(reason)s", person=me().name, reason=answer),
        "changed": _("Not sent: it would do something else by now than what was asked for. Ask for it anew."),
    }[ending]
    names = {"refused": "approvals.Refuse", "changed": "approvals.Change"}
    with desk().writing() as db:
        is_ended = approvals.end(db, approval, ending, words, by_id=me().id, by=me().name, answer=answer)
        if is_ended:
            undone(db, work)
            db.add(_by(names[ending], approval, answer))
    flash(words if is_ended else _("It is decided, taken back or too late already."), "info" if is_ended else "warning")
    return go(".show", key=approval.key)


def _by(what: str, approval: Approval, reason: str | None) -> Act:
    """Describe the act of deciding, which names the act that was decided about."""
    return acts.done_at_once(new_act(what, shop(), About(reason=reason), {"act": approval.act_id}))


@page.route("/allowance/<kind>", methods=["GET", "POST"])
@needs(EVERYONE)
def allowance(kind: str) -> ResponseReturnValue:
    """Ask to go beyond a budget for an hour."""
    wanted, form = allowances.kind_or_404(kind), WhyForm()
    if form.validate_on_submit():
        key = allowances.ask(wanted, form.why.data or "")
        flash(_("Asked. A colleague decides; until then your budget holds."), "success")
        return go(".show", key=key)
    return render("approvals/allowance.html", form=form, label=LABELS[wanted])


@page.post("/<key>/why")
@needs(EVERYONE)
def say_why(key: str) -> ResponseReturnValue:
    """Take the word of whoever asked, for whoever decides."""
    approval, why = _approval(key), WhyForm()
    if approval.person_id != me().id:
        abort(403)
    if not why.validate_on_submit():
        return _show(approval, DecideForm(formdata=None), why)
    with noted("approvals.Why", About(reason=why.why.data), {"act": approval.act_id}), desk().writing() as db:
        db.get_one(Approval, approval.id).why = why.why.data
    return go(".show", key=key)
