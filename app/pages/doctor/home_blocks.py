"""The first steps of an administrator, on home until they are done or dismissed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext as _l

from app.pages.doctor import page
from app.pages.doctor.first_steps import first_steps as steps_of
from app.web.page import ADMIN
from app.web.panels.home_blocks import home_block

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@home_block(page, _l("First steps"), template="doctor/_first_steps.html", roles=ADMIN, place=1)
def first_steps(db: Session) -> dict[str, Any] | None:
    steps = steps_of(db)
    return {"steps": steps} if steps else None
