"""What the list of test plans shows of each, and what it is narrowed by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from app.pages.tests.plans import digest_of
from app.store import matrix_lists
from app.store.matrix import MatrixPlan
from app.store.paging import Slice, newest
from app.web.filters import number
from app.web.forms.fields import choices
from app.web.forms.filters import DatedFilters
from app.web.moments import clock, for_file
from app.web.shops import shop
from app.web.sign_in.login import me
from app.web.tables.columns import Address, Column, macro, once_for, when_column
from app.web.tables.listing import Listing

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from sqlalchemy.orm import Session

    from app.store.matrix import MatrixSignOff

WHOSE = {"": _l("All plans"), "mine": _l("Mine")}


class PlanFilters(DatedFilters):
    """The filters of the list."""

    whose = SelectField(_l("Plans"), choices=choices(WHOSE))


@dataclass(frozen=True)
class Planned:
    """A plan in the list."""

    plan: MatrixPlan
    campaign: str
    scenarios: int
    run: datetime | None
    sign_off: MatrixSignOff | None
    is_signed: bool

    @property
    def id(self) -> int:
        return self.plan.id


def listing(db: Session, form: PlanFilters, at: dict[str, Any]) -> Listing[Planned]:
    """Read a page of plans, with what belongs to them."""
    whose = me().id if form.whose.data == "mine" else None
    found = newest(db, matrix_lists.plans(shop().id, whose, form.between()), MatrixPlan.id, **at)
    rows = Slice(_planned(db, found.rows), found.older, found.newer)
    return Listing(_("Test plans, newest first"), _columns(), rows, form, file="test-plans")


def _planned(db: Session, plans: list[MatrixPlan]) -> list[Planned]:
    numbers = [plan.id for plan in plans]
    campaigns = matrix_lists.campaigns_of(db, {plan.campaign_id for plan in plans})
    scenarios, runs = matrix_lists.scenarios_of(db, numbers), matrix_lists.last_runs(db, numbers)
    signed = matrix_lists.last_sign_offs(db, numbers)
    found = []
    for plan in plans:
        campaign, rows, sign_off = campaigns[plan.campaign_id], scenarios[plan.id], signed.get(plan.id)
        holds = sign_off is not None and sign_off.digest == digest_of(campaign, rows)
        found.append(Planned(plan, campaign.name, len(rows), runs.get(plan.id), sign_off, holds))
    return found


def _columns() -> list[Column[Planned]]:
    plan_at, badge, tell = Address("tests.show", "key"), macro("tests/_parts.html", "signed_badge"), clock().when
    return [
        Column(
            _l("Plan"),
            lambda one: plan_at.link(one.plan.key, one.plan.name),
            at="name",
            text=lambda one: one.plan.name,
        ),
        Column(_l("Campaign"), lambda one: one.campaign, at="note"),
        Column(_l("Scenarios"), lambda one: number(one.scenarios), kind="number"),
        Column(
            _l("Last run"),
            lambda one: tell(one.run) if one.run else "–",
            kind="soft",
            text=lambda one: for_file(one.run),
        ),
        Column(_l("Sign-off"), once_for(lambda one: (one.is_signed, one.sign_off is None), badge), at="figure"),
        Column(_l("By"), lambda one: one.plan.person, kind="soft"),
        when_column(lambda one: one.plan.at, _l("Planned")),
    ]
