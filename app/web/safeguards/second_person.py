"""Four eyes: acts that wait for a second person, held up here and nowhere else, whatever page does them.

Everything that is sent passes one of three doors: `act` and `noted` (app/web/rees46.py), `hold_act` and `queue`
(app/work). Each of them asks `demanded`; what waits is kept with what its review shows (store/approvals.py). Pages say
beside their views (`reviews.py`) how an act is reviewed; what no page reviews shows its call as it is, and waits, too.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from app.store import approvals
from app.store.acts import Act
from app.store.approvals import Approval, Line
from app.store.base import now
from app.store.customers import KnownCustomer
from app.store.works import Work
from app.vault import digest, digests
from app.web.context import desk, settings
from app.web.safeguards.approval_rules import RULES, Rule, rules_of

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.shops import Shop

PURPOSE = "review "
PLAIN = "approvals.send"  # the work that sends a call as it was written down


@dataclass(frozen=True)
class Review:
    """What an act does, in words, and the facts that are others as soon as it would do something else."""

    lines: list[Line]
    facts: str


LookAtAct = Callable[[Act], Review]
LookAtJob = Callable[["Session", Work, Act], Review]
_of_acts: dict[str, tuple[str, LookAtAct]] = {}  # by the name of the act: the work that does it, and its review
_of_jobs: dict[str, LookAtJob] = {}  # by the kind of work


def reviews_act(*names: str, by: str) -> Callable[[LookAtAct], LookAtAct]:
    """Say how a single act is reviewed, and which kind of work sends it once it is approved."""

    def keep(look: LookAtAct) -> LookAtAct:
        _of_acts.update(dict.fromkeys(names, (by, look)))
        return look

    return keep


def reviews_job(*kinds: str) -> Callable[[LookAtJob], LookAtJob]:
    """Say how work is reviewed; it is looked at within the transaction that queues it."""

    def keep(look: LookAtJob) -> LookAtJob:
        _of_jobs.update(dict.fromkeys(kinds, look))
        return look

    return keep


class Waits(Exception):
    """Nothing was sent: a second person has to approve it first."""

    def __init__(self, key: str) -> None:
        super().__init__("waits for a second person")
        self.key = key


def demanded(act: Act, where: Shop | None) -> str | None:
    """Name the rule by which an act waits for a second person; None: it may go out."""
    held = rules_of(where) if where else set()
    return next((name for name in RULES if name in held and where and _catches(RULES[name], act, where)), None)


def _catches(rule: Rule, act: Act, where: Shop) -> bool:
    if not rule.covers(act, where):
        return False
    if act.parent_id is None or rule.wholes == frozenset():
        return True
    if rule.wholes is None:
        return False
    with desk().reading() as db:
        return db.get_one(Act, act.parent_id).what not in rule.wholes


def wait_or_pass(
    act: Act, where: Shop | None, call: dict[str, Any], begun: Callable[[Session, Act], object] | None = None
) -> None:
    """Let a single act pass, or keep it for a second person and raise Waits."""
    rule = demanded(act, where)
    if rule is None or where is None:
        return
    with desk().reading() as db:
        customer = db.get(KnownCustomer, act.customer_id) if act.customer_id else None
    kind = _of_acts[act.what][0] if customer and act.what in _of_acts else PLAIN
    approval = _approval(act, where, rule, kind)
    work = Work(kind=kind, subject=customer.key if customer and kind != PLAIN else approval.key, total=1)
    _fill(approval, work, look(work, act), call)
    with desk().writing() as db:
        approvals.ask(db, approval, work, act)
        if begun:
            begun(db, act)
    raise Waits(approval.key)


def put(db: Session, work: Work, act: Act, where: Shop, rule: str) -> Work:
    """Keep work whose act waits for a second person, in the transaction that keeps its batch."""
    approval = _approval(act, where, rule, work.kind)
    _fill(approval, work, _of_jobs[work.kind](db, work, act), {})
    approvals.ask(db, approval, work, act)
    return work


def _approval(act: Act, where: Shop, rule: str, kind: str) -> Approval:
    until = now() + timedelta(hours=where.approval_hours)
    approval = Approval(shop_id=where.id, person_id=act.person_id, person=act.person, rule=rule, kind=kind, until=until)
    approval.key = secrets.token_hex(6)
    return approval


def _fill(approval: Approval, work: Work, review: Review, call: dict[str, Any]) -> None:
    work.shop_id, work.person_id, work.person = approval.shop_id, approval.person_id, approval.person
    approval.mark = digest(review.facts, settings().key, PURPOSE)
    approval.keep(review.lines, call, settings().key)


def look(work: Work, act: Act) -> Review:
    """Review an act as it is now, in the language of whoever looks."""
    if work.kind in _of_jobs:
        with desk().reading() as db:
            return _of_jobs[work.kind](db, work, act)
    if work.kind != PLAIN and act.what in _of_acts:
        return _of_acts[act.what][1](act)
    text = json.dumps(act.asked, ensure_ascii=False, sort_keys=True, default=str)
    return Review([(name, "", _short(value)) for name, value in act.asked.items()], facts_of(act.what, text))


def is_as_reviewed(work: Work, act: Act, approval: Approval) -> bool:
    """Whether the act would still do what was shown when it was asked for."""
    return fits(look(work, act), approval)


def fits(review: Review, approval: Approval) -> bool:
    """Whether a review shows what was shown then; the secret key may be another one by now."""
    return approval.mark in digests(review.facts, settings().key, PURPOSE)


def facts_of(*facts: object) -> str:
    """Put facts into one text; only what stands for it is kept."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str)


def _short(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 500 else f"{text[:500]}…"
