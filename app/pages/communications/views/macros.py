"""Macros: defined by an administrator, used from the page of a customer after one look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _

from app.pages.communications import page
from app.pages.communications.macro_forms import MacroForm, UseForm, told_of
from app.pages.communications.macro_steps import Use, text_for
from app.pages.communications.reading import vocabulary
from app.rees46.promo_codes import Fetch, Lists
from app.store import macros as store
from app.store.macros import Macro
from app.web.acts.alike import asks_first
from app.web.context import desk
from app.web.customers.keys import customer_or_404
from app.web.loaders import load_or_404
from app.web.page import ADMINS, SUPPORT, needs
from app.web.panels.standing import read_or
from app.web.rees46 import About, ask, noted
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/macros")
def macros() -> ResponseReturnValue:
    with desk().reading() as db:
        found = store.of_shop(db, shop().id)
    return render("communications/macros.html", macros=found)


@page.route("/macros/new", methods=["GET", "POST"])
@needs(ADMINS)
def new_macro() -> ResponseReturnValue:
    return _edited(Macro(shop_id=shop().id), MacroForm())


@page.route("/macros/<key>", methods=["GET", "POST"])
@needs(ADMINS)
def macro(key: str) -> ResponseReturnValue:
    known = load_or_404(Macro, key=key)
    return _edited(known, MacroForm(data=told_of(known)))


def _edited(known: Macro, form: MacroForm) -> ResponseReturnValue:
    lists, error = read_or(lambda: {one.id: one.name or one.id for one in ask(Lists())}, {})
    form.offer(vocabulary(), known.fields)
    form.offer_lists(lists)
    if not form.validate_on_submit():
        return render("communications/macro.html", macro=known, form=form, error=error)
    before = told_of(known) if known.id else None
    form.put(known, lists)
    known.person = me().name
    with noted("communications.SaveMacro", About(before=before, after=told_of(known))), desk().writing() as db:
        db.merge(known)
    flash(_("Saved. It stands on the page of each customer, under More, and in the palette there."), "success")
    return go(".macros")


@page.post("/macros/<key>/drop")
@needs(ADMINS)
def drop_macro(key: str) -> ResponseReturnValue:
    known = load_or_404(Macro, key=key)
    with noted("communications.DropMacro", About(before=told_of(known))), desk().writing() as db:
        db.delete(db.get_one(Macro, known.id))
    flash(_("“%(name)s” is gone. What was done by it stays.", name=known.name), "success")
    return go(".macros")


@page.route("/of/<key>/macro/<name>", methods=["GET", "POST"])
@needs(SUPPORT)
def use_macro(key: str, name: str) -> ResponseReturnValue:
    """Show what will be done, then do it step by step; what is not done can be tried again."""
    customer, known = customer_or_404(key), load_or_404(Macro, key=name)
    form = UseForm()
    use = Use(known, customer, form.comment.data or "", form.once.data or "")
    if not form.is_submitted():
        form.comment.data = text_for(known, customer)
    if not form.validate_on_submit() or (known.list_id and asks_first(form.again, customer, Fetch.name())):
        return render("communications/use_macro.html", macro=known, customer=customer, form=form, use=use, told=None)
    told = use.go()
    if any(one.state != "done" for one in told):
        return render("communications/use_macro.html", macro=known, customer=customer, form=form, use=use, told=told)
    done = _("“%(name)s” is done.", name=known.name)
    flash(" ".join(filter(None, (done, _("The code: %(code)s.", code=use.code) if use.code else ""))), "success")
    return go("customers.show", key=key)
