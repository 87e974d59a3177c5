"""A plan as it stands: its campaign, the digest of all that it tries, and whether its sign-off still holds."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.pages.tests.making import channels_of
from app.store import matrix, matrix_cells
from app.store.campaigns import Campaign
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.matrix import MatrixCell, MatrixPlan, MatrixRun, MatrixScenario, MatrixSignOff


@dataclass(frozen=True)
class Whole:
    """Everything about a plan that its page shows."""

    plan: MatrixPlan
    campaign: Campaign
    scenarios: list[MatrixScenario]
    cells: dict[tuple[int, str], MatrixCell]  # the newest of what the plan is now
    runs: list[MatrixRun]
    sign_off: MatrixSignOff | None
    tried_by: set[int]  # who ran it as it is, or judged a cell of that

    @property
    def channels(self) -> list[str]:
        return channels_of(self.campaign)

    @property
    def digest(self) -> str:
        return digest_of(self.campaign, self.scenarios)

    @property
    def is_signed(self) -> bool:
        """Whether it is signed off as it is: a changed copy or scenario ends that."""
        return self.sign_off is not None and self.sign_off.digest == self.digest

    @property
    def not_right(self) -> list[tuple[MatrixScenario, str]]:
        """Cells of which something is expected and that are not right, or were not tried as they are."""
        wanted = ((row, channel) for row in self.scenarios for channel in self.channels if row.expected.get(channel))
        return [(row, channel) for row, channel in wanted if self._outcome(row, channel) != "right"]

    def _outcome(self, row: MatrixScenario, channel: str) -> str:
        cell = self.cells.get((row.id, channel))
        return cell.outcome if cell else ""

    @property
    def may_be_signed(self) -> bool:
        """Whether there is something to sign off, all of it right."""
        return bool(self.cells) and not self.not_right and not self.is_signed

    @property
    def is_mine(self) -> bool:
        """Whether whoever looks wrote, ran or judged it: a second person signs it off."""
        return me().id in {self.plan.person_id, *self.tried_by}


def whole(db: Session, plan: MatrixPlan) -> Whole:
    """Read a plan with all that belongs to it."""
    campaign = db.get_one(Campaign, plan.campaign_id)
    scenarios = matrix.scenarios(db, plan.id)
    digest = digest_of(campaign, scenarios)
    return Whole(
        plan,
        campaign,
        scenarios,
        matrix_cells.cells_of(db, plan.id, digest),
        matrix.runs(db, plan.id),
        matrix.sign_off(db, plan.id),
        matrix_cells.people_of(db, plan.id, digest),
    )


def digest_of(campaign: Campaign, scenarios: list[MatrixScenario]) -> str:
    """Digest the copies and the scenarios: what a sign-off is about."""
    copies = [campaign.kind, campaign.code, campaign.language, campaign.templates, campaign.translations]
    rows = [
        [row.id, row.name, row.customer_id, row.way, row.language, row.variables, row.expected] for row in scenarios
    ]
    return hashlib.sha256(json.dumps([copies, rows], sort_keys=True, ensure_ascii=False).encode()).hexdigest()
