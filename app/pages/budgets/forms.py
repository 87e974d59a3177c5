"""How much each role may of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField
from wtforms.validators import InputRequired

from app.store.budgets import Kind
from app.store.people import Role
from app.web.forms.fields import Between, Form
from app.web.safeguards.budgets import LABELS

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 10_000_000
NAMES = {
    Role.VIEWER: _l("Viewer"),
    Role.SUPPORT: _l("Support"),
    Role.MARKETER: _l("Marketer"),
    Role.ADMIN: _l("Administrator"),
}


class BudgetsForm(Form):
    """A number for each role and kind; the fields are made of both."""

    def wanted(self) -> dict[tuple[str, Kind], int]:
        return {(role, kind): self[name_of(role, kind)].data or 0 for role in Role for kind in Kind}


def name_of(role: str, kind: Kind) -> str:
    return f"{role}_{kind}"


for _role in Role:
    for _kind in Kind:
        checks = [InputRequired(_l("This is needed.")), Between(0, MOST)]
        setattr(BudgetsForm, name_of(_role, _kind), IntegerField(LABELS[_kind], validators=checks))


def form_for(limits: Mapping[tuple[str, Kind], int]) -> BudgetsForm:
    return BudgetsForm(data={name_of(role, kind): most for (role, kind), most in limits.items()})
