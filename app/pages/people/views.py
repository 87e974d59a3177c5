"""Adding people, changing roles, giving new passwords. The last administrator always stays one."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from flask import abort, flash
from flask_babel import gettext as _

from app.pages.people import page
from app.pages.people.forms import AddForm, EditForm
from app.store import people
from app.store.people import Person, Role
from app.web.context import desk
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/")
def index() -> ResponseReturnValue:
    return _list()


def _list(name: str = "", password: str = "") -> ResponseReturnValue:
    """List everyone; a new password stands in this one answer, and is kept nowhere else."""
    with desk().reading() as db:
        everyone = people.everyone(db)
    return render("people/index.html", everyone=everyone, name=name, password=password, seen_once=bool(password))


@page.route("/add", methods=["GET", "POST"])
def add() -> ResponseReturnValue:
    form = AddForm()
    if form.validate_on_submit() and (password := _added(form)):
        return _list(str(form.name.data), password)
    return render("people/add.html", form=form)


def _added(form: AddForm) -> str | None:
    """Add somebody and give their first password."""
    email, name, role = str(form.email.data), str(form.name.data), str(form.role.data)
    password = secrets.token_urlsafe(9)
    with desk().reading() as db:
        if people.by_email(db, email):
            form.email.errors = [_("Somebody has this address already.")]
            return None
    with noted("people.Add", About(after={"name": name, "role": role})), desk().writing() as db:
        people.add(db, email=email, name=name, role=role, password=password, temporary=True)
    return password


@page.route("/<int:number>", methods=["GET", "POST"])
def edit(number: int) -> ResponseReturnValue:
    person = _person(number)
    form = EditForm(obj=person)
    if form.validate_on_submit() and _may_become(person, form):
        now = {"name": form.name.data, "role": form.role.data, "active": form.active.data}
        with noted("people.Edit", About(before=_state(person), after=now)), desk().writing() as db:
            people.change(db, db.get_one(Person, number), **now)
        flash(_("Saved."), "success")
        return go(".index")
    return render("people/edit.html", form=form, person=person)


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
    return {"name": person.name, "role": person.role, "active": person.active}


@page.post("/<int:number>/password")
def new_password(number: int) -> ResponseReturnValue:
    person = _person(number)
    if person.id == me().id:
        abort(409, _("Change your own password under your account."))
    password = secrets.token_urlsafe(9)
    hashed = people.hash_of(password)
    with noted("people.NewPassword", About(after={"name": person.name})), desk().writing() as db:
        people.set_password(db, db.get_one(Person, number), hashed, temporary=True)
    return _list(person.name, password)


def _person(number: int) -> Person:
    with desk().reading() as db:
        return db.get(Person, number) or abort(404)
