"""Putting something over a shop or the desk, and lifting it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _

from app.pages.brakes import page
from app.pages.brakes.forms import BrakeForm
from app.store import brakes
from app.store.brakes import Brake
from app.web.context import desk
from app.web.forms.fields import choices
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.shops import all_shops
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/")
def index() -> ResponseReturnValue:
    return _list(_offering(BrakeForm(formdata=None)))


def _offering(form: BrakeForm) -> BrakeForm:
    form.shop.choices = choices({"": _("The whole desk"), **{shop.id: shop.name for shop in all_shops()}})
    return form


def _list(form: BrakeForm) -> ResponseReturnValue:
    with desk().reading() as db:
        rows = brakes.in_force(db)
    names = {shop.id: shop.name for shop in all_shops()}
    return render("brakes/index.html", form=form, rows=rows, names=names)


@page.post("/")
def put() -> ResponseReturnValue:
    form = _offering(BrakeForm())
    if not form.validate_on_submit():
        return _list(form)
    kind, shop_id, reason = form.kind.data, form.shop.data, (form.reason.data or "").strip()
    brake = Brake(kind=kind, shop_id=shop_id, reason=reason, person=me().name)
    about = About(after={"what": kind, "shop": shop_id}, reason=reason, begun=lambda db, _row: brakes.put(db, brake))
    with noted("brakes.Put", about):
        flash(_("In force now, on every page and for every job."), "success")
    return go(".index")


@page.post("/<int:number>/lift")
def lift(number: int) -> ResponseReturnValue:
    lifted: list[Brake | None] = []
    about = About(begun=lambda db, _row: lifted.append(brakes.lift(db, number)), before={"brake": number})
    with noted("brakes.Lift", about):
        pass
    if lifted[0]:
        flash(_("Lifted. What waited goes on by itself."), "success")
    else:
        flash(_("Somebody has lifted it already."), "info")
    return go(".index")
