"""What a person may choose for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, request, url_for
from flask import redirect as flask_redirect
from flask_babel import gettext as _
from flask_babel import refresh
from flask_login import current_user

from app.pages.account import page
from app.pages.account.forms import ChoosePasswordForm, NoticesForm, PasswordForm, PreferencesForm
from app.store import people, results, sessions
from app.store.people import Person
from app.store.wrong_passwords import of_session
from app.web.context import desk, settings
from app.web.cookies import set_cookie
from app.web.language import LANGUAGES
from app.web.page import open_to_all
from app.web.rees46 import noted
from app.web.render import go, render
from app.web.results import page_of
from app.web.sign_in.access import may
from app.web.sign_in.device import device_name
from app.web.sign_in.login import begin_session, limits, me, this_session
from app.web.sign_in.passwords import TooManyTries, is_right

if TYPE_CHECKING:
    from flask import Response
    from flask.typing import ResponseReturnValue

YEAR = 365 * 24 * 3600


@page.route("/", methods=["GET", "POST"])
def index() -> ResponseReturnValue:
    form = PreferencesForm(obj=me())
    if form.validate_on_submit():
        with desk().writing() as db:
            _keep(db.get_one(Person, me().id), form)
        refresh()
        flash(_("Saved."), "success")
        return go(".index")
    return _render_account(form, PasswordForm(formdata=None))


def _keep(person: Person, form: PreferencesForm) -> None:
    """Keep what was chosen; a window that was left empty stays as it is."""
    person.language = form.language.data
    for window in (form.undo_seconds, form.undo_seconds_single):
        if window.data is not None:
            setattr(person, window.name, window.data)


def _render_account(form: PreferencesForm, password_form: PasswordForm, status: int | None = None) -> Response:
    with desk().reading() as db:
        mine = sessions.of_person(db, me().id, limits())
    return render(
        "account/index.html",
        status,
        form=form,
        notices_form=NoticesForm(formdata=None, obj=me()),
        sends_mail=bool(settings().smtp_url),
        password_form=password_form,
        sessions=mine,
        here=this_session().id,
        device_name=device_name,
    )


@page.post("/notices")
def notices() -> ResponseReturnValue:
    """Choose what one is told by e-mail."""
    form = NoticesForm()
    if not form.validate_on_submit():
        abort(422)
    with desk().writing() as db:
        db.get_one(Person, me().id).notices = form.notices.data or []
    flash(_("Saved."), "success")
    return go(".index")


@page.post("/password")
def password() -> ResponseReturnValue:
    form = PasswordForm()
    try:
        if form.validate_on_submit() and _is_present(form):
            _change_password(form.new.data or "")
            return go(".index")
    except TooManyTries as tries:
        form.refuse(tries.words())
        return tries.on(_render_account(PreferencesForm(formdata=None, obj=me()), form, status=429))
    return _render_account(PreferencesForm(formdata=None, obj=me()), form)


@page.route("/choose-password", methods=["GET", "POST"])
def choose_password() -> ResponseReturnValue:
    """Ask whoever came with a password that somebody else made for one of their own."""
    if me().temporary_until is None:
        return go(".index")
    form = ChoosePasswordForm()
    if form.validate_on_submit():
        _change_password(form.new.data or "")
        return go("start.index")
    return render("account/choose_password.html", form=form)


def _is_present(form: PasswordForm) -> bool:
    if is_right(me(), form.old.data or "", [of_session(me().id)]):
        return True
    form.old.errors = [_("This is not your present password.")]
    return False


def _change_password(new: str) -> None:
    hashed = people.hash_of(new)
    with noted("account.Password"), desk().writing() as db:
        person = db.get_one(Person, me().id)
        people.set_password(db, person, hashed, temporary=False)
    begin_session(person, with_factor=True)
    flash(_("Your password is changed. You are signed out everywhere else."), "success")


@page.post("/sessions/<int:number>/end")
def end_other(number: int) -> ResponseReturnValue:
    """End one session of one's own, in whatever browser it is."""
    with desk().writing() as db:
        if not sessions.end(db, me().id, number):
            abort(404)
    flash(_("That session is ended."), "success")
    return go(".index")


@page.post("/sessions/end-others")
def end_others() -> ResponseReturnValue:
    with desk().writing() as db:
        sessions.end_all(db, me().id, but=this_session().id)
    flash(_("You are signed out everywhere else."), "success")
    return go(".index")


@page.get("/results/<key>")
def result(key: str) -> ResponseReturnValue:
    """Show once more what a form was answered with that belongs to no shop."""
    with desk().reading() as db:
        row = results.outside_shops(db, key)
    if row is None or not may(row.endpoint):
        abort(404)
    title, main = page_of(row)
    return render("results/show.html", title=title, main=main, at=row.at, until=row.expires)


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
    answer = flask_redirect(back if ours else url_for("start.index"), 303)
    set_cookie(answer, cookie, value, seconds=YEAR)
    return answer
