"""All pages, pins, and saved lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, request
from flask import redirect as flask_redirect
from flask_babel import gettext as _

from app.pages.overview import page
from app.pages.overview.forms import SaveForm, list_url
from app.store import saved_lists
from app.store.people import Person, Role
from app.store.saved_lists import SavedList
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.menu import entry_of_list, everything, saved
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

MOST_PINS = 5  # more would make the menu scroll


@page.get("/")
def index() -> ResponseReturnValue:
    lists = [(one, entry) for one in saved() if (entry := entry_of_list(one))]
    return render("overview/index.html", sections=everything(), lists=lists, may_drop=_may_drop)


@page.post("/pins")
def pin() -> ResponseReturnValue:
    """Pin a page or a saved list to the menu, or take the pin off."""
    name, pins = request.form.get("pin", ""), list(me().pins)
    known = {entry.name for section in everything() for entry in section.pages} | {one.pin for one in saved()}
    if name in pins:
        pins.remove(name)
    elif name not in known:
        abort(404)
    elif len(pins) >= MOST_PINS:
        flash(_("The menu has room for %(most)s pins. Take one off first.", most=MOST_PINS), "warning")
    else:
        pins.append(name)
    with desk().writing() as db:
        db.get_one(Person, me().id).pins = pins
    return go(".index")


@page.route("/save", methods=["GET", "POST"])
def save() -> ResponseReturnValue:
    """Save a list as it is narrowed now, by name."""
    form = SaveForm() if request.method == "POST" else SaveForm(request.args)
    if not form.validate_on_submit():
        return render("overview/save.html", form=form)
    with desk().writing() as db:
        if saved_lists.is_full(db, shop().id, me().id):
            flash(_("You have saved %(most)s lists here. Delete one first.", most=saved_lists.MOST), "warning")
            return go(".index")
        db.add(
            SavedList(
                shop_id=shop().id,
                person_id=me().id,
                person=me().name,
                endpoint=form.of.data,
                query=form.query.data,
                title=form.title.data,
                shared=form.shared.data,
            )
        )
    flash(_("Saved. You find it above this list, and among all pages."), "success")
    return flask_redirect(f"{list_url(form.of.data or '')}?{form.query.data}", 303)


@page.post("/lists/<key>/share")
def share(key: str) -> ResponseReturnValue:
    """Let everybody see a list of one's own, or nobody else any more."""
    with desk().writing() as db:
        one = db.get_one(SavedList, _own(key).id)
        one.shared = not one.shared
    return go(".index")


@page.post("/lists/<key>/delete")
def delete(key: str) -> ResponseReturnValue:
    with desk().writing() as db:
        db.delete(db.get_one(SavedList, _own(key).id))
    flash(_("Deleted. What the list showed is untouched."), "success")
    return go(".index")


def _own(key: str) -> SavedList:
    """A list that is this person's to change; administrators may tidy up what others share."""
    one = load_or_404(SavedList, key=key)
    if not _may_drop(one):
        abort(404 if not one.shared else 403)
    return one


def _may_drop(one: SavedList) -> bool:
    return one.person_id == me().id or (one.shared and me().role_here == Role.ADMIN)
