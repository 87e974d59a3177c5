"""The sign-off: a second person's yes to a plan as it is, all of whose cells are right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _

from app.pages.tests import page
from app.pages.tests.forms import SignForm
from app.pages.tests.plans import Whole, whole
from app.pages.tests.views.plans import shown
from app.store.matrix import MatrixPlan, MatrixSignOff
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.rees46 import About, noted
from app.web.render import go
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.post("/<key>/sign")
def sign(key: str) -> ResponseReturnValue:
    plan, form = load_or_404(MatrixPlan, key=key), SignForm()
    with desk().reading() as db:
        found = whole(db, plan)
    if why := _why_not(found):
        form.refuse(why)
    if not form.validate_on_submit() or why:
        return shown(plan, form)
    note = (form.note.data or "").strip()
    after = {"digest": found.digest, "run": found.runs[0].key}
    with noted("tests.SignOff", About(after=after, reason=note), {"plan": plan.name}), desk().writing() as db:
        row = MatrixSignOff(shop_id=shop().id, plan_id=plan.id, run_id=found.runs[0].id, digest=found.digest)
        row.person_id, row.person, row.note = me().id, me().name, note
        db.add(row)
    flash(_("Signed off. It holds until a copy or a scenario changes."), "success")
    return go(".show", key=key)


def _why_not(found: Whole) -> str:
    """Say why it cannot be signed off now, if it cannot."""
    if found.is_mine:
        return _("You wrote, ran or judged this test: a second person signs it off. Nothing was kept.")
    if found.is_signed:
        return _("It is signed off already.")
    if not found.may_be_signed:
        return _("Not every cell is right as the copies and scenarios are now. Run it again; nothing was kept.")
    return ""
