"""All that the doctor looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.pages.doctor import records, surroundings
from app.pages.doctor.findings import Patient

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.config import Settings
    from app.pages.doctor.findings import Finding


def findings(settings: Settings, db: Session) -> list[Finding]:
    """Look at everything, the worst first; within a request, or the context of one."""
    patient = Patient(settings, db)
    found = [finding for check in (*surroundings.CHECKS, *records.CHECKS) for finding in check(patient)]
    return sorted(found, key=lambda finding: finding.tone != "danger")
