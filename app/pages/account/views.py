"""Signing in and out, and what a person may choose for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, request, session, url_for
from flask import redirect as flask_redirect
from flask_babel import gettext as _
from flask_babel import refresh
from flask_login import current_user, login_user, logout_user

from app.pages.account import page
from app.pages.account.forms import PasswordForm, PreferencesForm, SignInForm
from app.pages.account.throttle import Throttle
from app.store import people
from app.store.people import Person
from app.web.context import desk, if_there_is_room, settings
from app.web.language import LANGUAGES
from app.web.login import me, safe_next
from app.web.page import open_to_all
from app.web.rees46 import noted
from app.web.render import go, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

YEAR = 365 * 24 * 3600
throttle = Throttle()


@page.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return flask_redirect(safe_next())
    form = SignInForm()
    if form.validate_on_submit() and (person := _person_of(form)):
        session.clear()
        session.permanent = True
        login_user(person, remember=form.remember.data)
        with if_there_is_room(), desk().writing() as db:
            people.seen(db.get_one(Person, person.id))
        return flask_redirect(safe_next(), 303)
    return render("account/sign_in.html", form=form)


def _person_of(form: SignInForm) -> Person | None:
    """Check the password; the answer is the same for a wrong one and for an unknown address."""
    email, password = form.email.data or "", form.password.data or ""
    names = (email.lower(), f"from {request.remote_addr}")
    if throttle.is_shut(*names):
        form.refuse(_("Too many wrong passwords. Wait a minute and try again."))
        return None
    with desk().reading() as db:
        person = people.by_email(db, email)
    if people.has_password(person, password) and person and person.active:
        throttle.right(*names)
        return person
    throttle.wrong(*names)
    form.refuse(_("E-mail or password is wrong."))
    return None


@page.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    logout_user()
    session.clear()
    return flask_redirect(url_for("account.sign_in"), 303)


@page.route("/", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    form = PreferencesForm(obj=me())
    if form.validate_on_submit():
        with desk().writing() as db:
            db.get_one(Person, me().id).language = form.language.data
        refresh()
        flash(_("Saved."), "success")
        return go(".index")
    return render("account/index.html", form=form, password_form=PasswordForm(formdata=None))


@page.post("/password")
def password() -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate_on_submit():
        if people.has_password(me(), form.old.data or ""):
            with noted("account.Password"), desk().writing() as db:
                person = db.get_one(Person, me().id)
                people.set_password(person, form.new.data or "")
            login_user(person)
            flash(_("Your password is changed. You are signed out everywhere else."), "success")
            return go(".index")
        form.old.errors = [_("This is not your present password.")]
    return render("account/index.html", form=PreferencesForm(formdata=None, obj=me()), password_form=form)


@page.post("/language")
@open_to_all
def language() -> ResponseReturnValue:
    chosen = request.form.get("language", "")
    if chosen not in LANGUAGES:
        abort(400)
    if current_user.is_authenticated:
        with desk().writing() as db:
            db.get_one(Person, me().id).language = chosen
    return _back_with("language", chosen)


@page.post("/theme")
@open_to_all
def theme() -> ResponseReturnValue:
    chosen = request.form.get("theme", "")
    if chosen not in {"light", "dark", "auto"}:
        abort(400)
    return _back_with("theme", chosen)


def _back_with(cookie: str, value: str) -> ResponseReturnValue:
    """Keep a choice in a cookie and go back to the page it was made on."""
    back = request.referrer or ""
    ours = back.startswith(request.host_url)
    answer = flask_redirect(back if ours else url_for("home.index"), 303)
    secure = settings().public_url.startswith("https:")
    answer.set_cookie(cookie, value, max_age=YEAR, samesite="Lax", secure=secure, httponly=cookie != "theme")
    return answer
