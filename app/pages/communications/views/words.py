"""The managed lists: themes, channels, statuses and the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, request
from flask_babel import gettext as _

from app.pages.communications import page
from app.pages.communications.forms import WordForm
from app.pages.communications.reading import vocabulary
from app.pages.communications.vocabulary import LISTS
from app.store import words as store
from app.web.context import desk
from app.web.rees46 import noted
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/words")
def words() -> ResponseReturnValue:
    return _listed(WordForm(formdata=None))


def _listed(form: WordForm) -> ResponseReturnValue:
    return render("communications/words.html", words=vocabulary(), titles=LISTS, form=form)


@page.post("/words")
def add_word() -> ResponseReturnValue:
    form = WordForm()
    kind, value = form.kind.data or "", form.value.data or ""
    if kind not in LISTS:
        abort(404)
    if not form.validate_on_submit():
        return _listed(form)
    with noted("communications.AddWord", asked={kind: value}), desk().writing() as db:
        store.add(db, shop().id, kind, value, form.label.data or "")
    flash(_("“%(word)s” is on the list %(list)s.", word=value, list=LISTS[kind]), "success")
    return go(".words", _anchor=kind)


@page.post("/words/<kind>/change")
def change_word(kind: str) -> ResponseReturnValue:
    """Take a word off its list, or make it the one that new entries begin with."""
    value, wish = request.form.get("value", "")[:255], request.form.get("do", "")
    changes = {"drop": store.drop, "first": store.put_first}
    if kind not in LISTS or wish not in changes:
        abort(404)
    with noted("communications.ChangeWord", asked={kind: value, "do": wish}), desk().writing() as db:
        if not changes[wish](db, shop().id, kind, value):
            abort(404)
    flash(_("The list %(list)s is changed.", list=LISTS[kind]), "success")
    return go(".words", _anchor=kind)
