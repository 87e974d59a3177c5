"""Choosing a password by a link that works once: an invitation, or a reset.

Opening the link uses nothing up, since programs that look through mail open links, too. The token leaves the address
bar at once and waits in the browser's own cookie until a password is chosen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, session
from flask_babel import gettext as _

from app.pages.account import page
from app.pages.account.forms import ChoosePasswordForm
from app.pages.account.views.signing_in import go_on_signing_in
from app.store import people, tokens
from app.store.acts import done_at_once
from app.store.people import Person
from app.web.context import desk
from app.web.page import open_to_all
from app.web.rees46 import About, new_act
from app.web.render import go, render
from app.web.sign_in.held import held
from app.web.sign_in.login import safe_next
from app.web.sign_in.single_sign_on import may_use_password

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

LINK = "came_by_link"  # where the browser's cookie keeps the token


@page.get("/link/<token>")
@open_to_all
def open_link(token: str) -> ResponseReturnValue:
    session[LINK] = token
    return go(".by_link")


@page.route("/choose-by-link", methods=["GET", "POST"])
@open_to_all
def by_link() -> ResponseReturnValue:
    """Take the new password of whoever came by a link, and sign them in as with any password."""
    person, form = _whose(), ChoosePasswordForm()
    if person is None:
        session.pop(LINK, None)
        return render("account/link_is_over.html", 410)
    form.whose = person
    if form.validate_on_submit():
        if (chosen := _choose(form.new.data or "")) is None:
            return go(".by_link")  # somebody was quicker
        answer = go_on_signing_in(chosen, held(), safe_next())  # it forgets what the browser kept before
        flash(_("Your password is chosen."), "success")
        return answer
    return render("account/by_link.html", form=form, person=person)


def _whose() -> Person | None:
    """For whom the link is that this browser opened, if it is still good."""
    with desk().reading() as db:
        number = tokens.person_of(db, str(session.get(LINK, "")), "invitation", "reset")
        person = db.get(Person, number) if number else None
    return person if person and person.active and may_use_password(person) else None


def _choose(password: str) -> Person | None:
    """Use the link up and set the password; of two who try it at the same moment one is told None."""
    hashed = people.hash_of(password)
    with desk().writing() as db:
        number = tokens.take(db, str(session.get(LINK, "")), "invitation", "reset")
        if number is None:
            return None
        person = db.get_one(Person, number)
        people.set_password(db, person, hashed, temporary=False)
        act = new_act("account.PasswordByLink", None, About(), {})
        act.person_id, act.person = person.id, person.name
        db.add(done_at_once(act))
    return person
