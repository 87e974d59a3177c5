"""Which acts of a shop wait for a second person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from app.store.shops import Shop
from app.web.context import desk
from app.web.forms.fields import Between, Form, choices
from app.web.rees46 import About, noted
from app.web.safeguards.approval_rules import RULES, rules_of

if TYPE_CHECKING:
    from typing import Any

MOST_ROWS, MOST_HOURS = 1_000_000, 167  # files that people brought are kept for seven days


class ApprovalsForm(Form):
    mode = RadioField(
        _l("Which acts wait"),
        choices=choices({"usual": _l("As usual: all of them in a live shop, none in a test shop"), "own": _l("These")}),
    )
    rules = SelectMultipleField(
        _l("Acts"),
        choices=choices({name: rule.label for name, rule in RULES.items()}),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    rows = IntegerField(
        _l("Rows of an import"),
        description=_l("Imports of more rows than this wait."),
        validators=[InputRequired(_l("This is needed.")), Between(0, MOST_ROWS)],
    )
    hours = IntegerField(
        _l("Hours to decide"),
        description=_l("What nobody approves in time is not sent."),
        validators=[InputRequired(_l("This is needed.")), Between(1, MOST_HOURS)],
    )


def form_for(shop: Shop) -> ApprovalsForm:
    mode = "usual" if shop.approval_rules is None else "own"
    data = {"mode": mode, "rules": sorted(rules_of(shop)), "rows": shop.approval_rows, "hours": shop.approval_hours}
    return ApprovalsForm(data=data)


def write(shop: Shop, form: ApprovalsForm) -> None:
    """Keep what was chosen; what waits already goes on waiting."""

    def facts(of: Shop) -> dict[str, Any]:
        return {"rules": of.approval_rules, "rows": of.approval_rows, "hours": of.approval_hours}

    before = facts(shop)
    shop.approval_rules = None if form.mode.data == "usual" else list(form.rules.data or [])
    shop.approval_rows, shop.approval_hours = form.rows.data or 0, form.hours.data or 0
    with noted("shops.Approvals", About(before=before, after=facts(shop)), {"shop": shop.name}), desk().writing() as db:
        here = db.get_one(Shop, shop.id)
        here.approval_rules, here.approval_rows = shop.approval_rules, shop.approval_rows
        here.approval_hours = shop.approval_hours
    flash(_("Saved."), "success")
