"""What the list of test plans reads: some plans, and what belongs to them, each in one question for all of a page."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import Select, func, select

from app.store.campaigns import Campaign
from app.store.matrix import MatrixPlan, MatrixRun, MatrixScenario, MatrixSignOff
from app.store.paging import ALWAYS, Between, within

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session


def plans(shop_id: int, person_id: int | None = None, between: Between = ALWAYS) -> Select[MatrixPlan]:
    query = select(MatrixPlan).where(MatrixPlan.shop_id == shop_id)
    query = query if person_id is None else query.where(MatrixPlan.person_id == person_id)
    return within(query, MatrixPlan.at, between)


def campaigns_of(db: Session, numbers: Collection[int]) -> dict[int, Campaign]:
    return {one.id: one for one in db.scalars(select(Campaign).where(Campaign.id.in_(numbers)))}


def scenarios_of(db: Session, plan_ids: Collection[int]) -> dict[int, list[MatrixScenario]]:
    found: dict[int, list[MatrixScenario]] = defaultdict(list)
    query = select(MatrixScenario).where(MatrixScenario.plan_id.in_(plan_ids))
    for row in db.scalars(query.order_by(MatrixScenario.id)):
        found[row.plan_id].append(row)
    return found


def last_runs(db: Session, plan_ids: Collection[int]) -> dict[int, datetime]:
    """When each was run last."""
    query = select(MatrixRun.plan_id, func.max(MatrixRun.at)).where(MatrixRun.plan_id.in_(plan_ids))
    return {row[0]: row[1] for row in db.execute(query.group_by(MatrixRun.plan_id))}


def last_sign_offs(db: Session, plan_ids: Collection[int]) -> dict[int, MatrixSignOff]:
    query = select(func.max(MatrixSignOff.id)).where(MatrixSignOff.plan_id.in_(plan_ids))
    newest = query.group_by(MatrixSignOff.plan_id)
    return {one.plan_id: one for one in db.scalars(select(MatrixSignOff).where(MatrixSignOff.id.in_(newest)))}
