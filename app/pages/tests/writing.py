"""What people write into plans: each an act in the trail, and whoever wrote last cannot sign it off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.pages.tests.making import Draft, expected_of
from app.store import customers, matrix
from app.store.matrix import MatrixPlan, MatrixScenario
from app.web.context import desk
from app.web.customers.lookup import read_profile
from app.web.messaging.languages import language_of
from app.web.rees46 import About, noted
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from app.store.campaigns import Campaign
    from app.store.customers import KnownCustomer


def add_plan(name: str, campaign: Campaign, people: Sequence[tuple[str, str]], made: Sequence[Draft]) -> MatrixPlan:
    """Keep a plan with the scenarios that were made of its template, each to whom speaks its language."""
    with desk().writing() as db:
        known = customers.remember_all(db, shop().id, dict.fromkeys(people, ""))
    speaking = {language_of(read_profile(one.identity), {}): one for one in reversed(list(known.values()))}
    first = next(iter(known.values()))
    expected = [expected_of(campaign, draft) for draft in made]
    plan = MatrixPlan(shop_id=shop().id, campaign_id=campaign.id, name=name, person_id=me().id, person=me().name)
    after = {"name": name, "campaign": campaign.code, "scenarios": len(made)}
    with noted("tests.AddPlan", About(after=after)), desk().writing() as db:
        db.add(plan)
        db.flush()
        for draft, wanted in zip(made, expected, strict=True):
            whom = speaking.get(draft.language) or speaking.get("") or first
            row = scenario_of(plan, whom, name=draft.name, edge=draft.edge, language=draft.language)
            row.variables, row.expected = draft.variables, wanted
            db.add(row)
    return plan


def scenario_of(plan: MatrixPlan, whom: KnownCustomer, **said: Any) -> MatrixScenario:
    return MatrixScenario(shop_id=plan.shop_id, plan_id=plan.id, customer_id=whom.id, **said)


def save(plan: MatrixPlan, row: MatrixScenario | None, who: tuple[str, str], given: dict[str, Any]) -> None:
    """Add or change a scenario."""
    what = "tests.EditScenario" if row else "tests.AddScenario"
    before = {name: getattr(row, name) for name in given} if row else None
    with noted(what, About(before=before, after=given), {"plan": plan.name}), desk().writing() as db:
        whom = customers.remember(db, shop().id, *who)
        kept = db.get_one(MatrixScenario, row.id) if row else scenario_of(plan, whom)
        kept.customer_id = whom.id
        for name, value in given.items():
            setattr(kept, name, value)
        db.add(kept)
        _wrote(db, plan)


def remove(plan: MatrixPlan, row: MatrixScenario) -> None:
    before = {"name": row.name, "variables": row.variables, "expected": row.expected}
    with noted("tests.RemoveScenario", About(before=before), {"plan": plan.name}), desk().writing() as db:
        db.delete(db.get_one(MatrixScenario, row.id))
        _wrote(db, plan)


def _wrote(db: Session, plan: MatrixPlan) -> None:
    kept = db.get_one(MatrixPlan, plan.id)
    kept.person_id, kept.person = me().id, me().name


def clone_of(plan: MatrixPlan) -> MatrixPlan:
    """Copy a plan with its scenarios; its runs and its sign-off stay with it."""
    name = _("%(name)s, copy", name=plan.name)[:120]
    copy = MatrixPlan(
        shop_id=plan.shop_id, campaign_id=plan.campaign_id, name=name, person_id=me().id, person=me().name
    )
    with noted("tests.Clone", About(after={"name": name}), {"plan": plan.name}), desk().writing() as db:
        db.add(copy)
        db.flush()
        for row in matrix.scenarios(db, plan.id):
            same = {field: getattr(row, field) for field in COPIED}
            db.add(MatrixScenario(shop_id=plan.shop_id, plan_id=copy.id, **same))
    return copy


COPIED = ("name", "edge", "customer_id", "way", "language", "variables", "expected")
