"""Adding people, changing roles, making links to choose a password by. The last administrator always stays one."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from flask import abort, flash, request
from flask_babel import gettext as _

from app.pages.people import page
from app.pages.people.columns import columns
from app.pages.people.forms import AddForm, DemandForm, EditForm, field_of, for_shops, given, shown
from app.pages.people.links import Handed, hand_over, new_link
from app.store import people, second_factors, sessions, tokens
from app.store.people import Person, Role
from app.web.context import desk
from app.web.page import asks_again
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.shops import all_shops
from app.web.sign_in.login import me
from app.web.sign_in.passkeys import host_here

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/")
def index() -> ResponseReturnValue:
    return _list()


def _list(handed: Handed | None = None) -> ResponseReturnValue:
    """List everyone; a new link stands in this one answer, and is kept nowhere else."""
    with desk().reading() as db:
        everyone, secured = people.everyone(db), second_factors.with_one(db, host_here())
        invited = tokens.waiting(db, "invitation")
        form = DemandForm(formdata=None, roles=second_factors.demanded(db))
    return render(
        "people/index.html",
        everyone=everyone,
        columns=columns(secured, invited),
        form=form,
        handed=handed,
        seen_once=bool(handed and handed.address),
    )


@page.post("/second-factor")
@asks_again
def demand_second_factor() -> ResponseReturnValue:
    """Say which roles have to have a second factor; whoever has none sets it up before anything else."""
    form = DemandForm()
    if not form.validate_on_submit():
        abort(400)
    with desk().reading() as db:
        before = second_factors.demanded(db)
    roles = sorted(form.roles.data or [])
    about = About(before={"roles": before}, after={"roles": roles})
    with noted("people.DemandSecondFactor", about), desk().writing() as db:
        second_factors.demand(db, roles)
    flash(_("Saved."), "success")
    return go(".index")


@page.route("/add", methods=["GET", "POST"])
@asks_again
def add() -> ResponseReturnValue:
    every = all_shops()
    preset = shown({str(shop.id): "" for shop in every if shop.kind == "test"}, every)
    form = for_shops(AddForm, every)(**(preset if request.method == "GET" else {}))
    if form.validate_on_submit() and (handed := _added(form)):
        return _list(handed)
    return render("people/add.html", form=form, shop_fields=[form[field_of(shop)] for shop in every])


def _added(form: AddForm) -> Handed | None:
    """Add somebody, who chooses their password by a link; until then nobody knows any."""
    email, name, role = str(form.email.data), str(form.name.data), str(form.role.data)
    with desk().reading() as db:
        if people.by_email(db, email):
            form.email.errors = [_("Somebody has this address already.")]
            return None
    shop_roles = given(form, all_shops())
    about = About(after={"name": name, "role": role, "shops": _named(shop_roles)})
    password = secrets.token_urlsafe(32)
    with noted("people.Add", about), desk().writing() as db:
        person = people.add(db, email=email, name=name, role=role, password=password, shop_roles=shop_roles)
        address = new_link(db, person, "invitation")
    return hand_over(person, "invitation", address)


@page.route("/<int:number>", methods=["GET", "POST"])
@asks_again
def edit(number: int) -> ResponseReturnValue:
    person = _person(number)
    every = all_shops()
    form = for_shops(EditForm, every)(obj=person, **shown(person.shop_roles, every))
    if form.validate_on_submit() and _may_become(person, form):
        now = {"name": form.name.data, "role": form.role.data, "active": form.active.data}
        shop_roles = given(form, every)
        about = About(before=_state(person), after={**now, "shops": _named(shop_roles)})
        with noted("people.Edit", about), desk().writing() as db:
            people.change(db, db.get_one(Person, number), **now, shop_roles=shop_roles)
        flash(_("Saved."), "success")
        return go(".index")
    with desk().reading() as db:
        has_factor = second_factors.has_any(db, number)
    fields = [form[field_of(shop)] for shop in every]
    return render("people/edit.html", form=form, person=person, has_factor=has_factor, shop_fields=fields)


def _may_become(person: Person, form: EditForm) -> bool:
    """Keep at least one administrator."""
    stays = form.role.data == Role.ADMIN and form.active.data
    if person.role != Role.ADMIN or not person.active or stays:
        return True
    with desk().reading() as db:
        if people.administrators(db) > 1:
            return True
    form.refuse(_("This is the last administrator. Make somebody else one first."))
    return False


def _state(person: Person) -> dict[str, Any]:
    state = {"name": person.name, "role": person.role, "active": person.active}
    return {**state, "shops": _named(person.shop_roles)}


def _named(shop_roles: dict[str, str]) -> dict[str, str]:
    """Write roles in shops for the trail, which not everybody reads who may know the names of shops."""
    return {f"#{number}": role or "*" for number, role in shop_roles.items()}


@page.post("/<int:number>/password")
@asks_again
def new_password(number: int) -> ResponseReturnValue:
    """Let somebody choose a new password by a link. The old one is worth nothing from now on."""
    person = _person(number)
    if person.id == me().id:
        abort(409, _("Change your own password under your account."))
    if not person.active:
        abort(409, _("This person may not sign in. Allow that first."))
    hashed = people.hash_of(secrets.token_urlsafe(32))
    with noted("people.NewPassword", About(after={"name": person.name})), desk().writing() as db:
        people.set_password(db, row := db.get_one(Person, number), hashed, temporary=False)
        address = new_link(db, row, "reset")
    return _list(hand_over(person, "reset", address))


@page.post("/<int:number>/second-factor")
@asks_again
def reset_second_factor(number: int) -> ResponseReturnValue:
    """Take every second factor from somebody who lost theirs; a password alone then signs them in."""
    person = _person(number)
    if person.id == me().id:
        abort(409, _("Remove your own second factor under your account."))
    with noted("people.ResetSecondFactor", About(after={"name": person.name})), desk().writing() as db:
        second_factors.end(db, number)
        sessions.end_all(db, number)
        tokens.end_all(db, number)
    flash(_("The second factor of %(name)s is removed. They are signed out everywhere.", name=person.name), "success")
    return go(".edit", number=number)


def _person(number: int) -> Person:
    with desk().reading() as db:
        return db.get(Person, number) or abort(404)
