"""Personas: customers for whom things are tried, under names that may stand anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _

from app.pages.benches import page
from app.pages.benches.forms import PersonaForm
from app.store import benches, customers
from app.store.benches import MOST_PERSONAS, Persona
from app.web.context import desk
from app.web.customers.lookup import look_up
from app.web.loaders import load_or_404
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.customers import KnownCustomer


@page.get("/personas")
def personas() -> ResponseReturnValue:
    return _list(PersonaForm(formdata=None))


def _list(form: PersonaForm) -> ResponseReturnValue:
    with desk().reading() as db:
        rows = benches.personas(db, shop().id)
        known = customers.by_ids(db, {row.customer_id for row in rows})
    return render("benches/personas.html", form=form, rows=rows, known=known)


@page.post("/personas")
def add_persona() -> ResponseReturnValue:
    form = PersonaForm()
    if not form.validate_on_submit():
        return _list(form)
    name, person = (form.name.data or "").strip(), look_up(form.who.data or "").person
    if person is None:
        form.refuse(_("No one customer of this shop is meant by that."))
    elif trouble := _trouble(name):
        form.refuse(trouble)
    else:
        _add(Persona(shop_id=shop().id, name=name, customer_id=person.customer.id), person.customer)
        return go(".personas")
    return _list(form)


def _trouble(name: str) -> str:
    with desk().reading() as db:
        there = benches.personas(db, shop().id)
    if len(there) >= MOST_PERSONAS:
        return _("There are too many already. Drop some first.")
    return _("Another persona has this name.") if name in {row.name for row in there} else ""


def _add(row: Persona, customer: KnownCustomer) -> None:
    about = About(customer=customer, after={"name": row.name}, begun=lambda db, _act: db.add(row))
    with noted("benches.AddPersona", about):
        flash(_("%(name)s can be chosen now.", name=row.name), "success")


@page.post("/personas/<int:number>/drop")
def drop_persona(number: int) -> ResponseReturnValue:
    """Drop a persona; cases that were asked as this persona are asked as nobody from now on."""
    row = load_or_404(Persona, number=number)
    about = About(before={"name": row.name}, begun=lambda db, _act: db.delete(db.get_one(Persona, row.id)))
    with noted("benches.DropPersona", about):
        flash(_("Dropped."), "success")
    return go(".personas")
