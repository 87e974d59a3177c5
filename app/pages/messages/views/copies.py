"""The saved copy of a campaign in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, request
from flask_babel import gettext as _

from app.pages.messages import page
from app.pages.messages.copies import COPIES
from app.pages.messages.views.campaigns import sound
from app.store.campaigns import Campaign
from app.web.context import desk
from app.web.loaders import load_or_404
from app.web.messaging.languages import CODES, language_name
from app.web.page import STAFF, needs
from app.web.rees46 import About, noted
from app.web.render import go, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.get("/campaigns/<int:number>/languages")
@needs(STAFF)
def languages(number: int) -> ResponseReturnValue:
    """Lead to the copy in the language that was chosen."""
    chosen = request.args.get("language", "")
    if chosen not in CODES:
        return go(".campaign", number=number)
    return go(".copy", number=number, language=chosen)


@page.route("/campaigns/<int:number>/languages/<language>", methods=["GET", "POST"])
@needs(STAFF)
def copy(number: int, language: str) -> ResponseReturnValue:
    """Save what a campaign says in another language; a copy that is emptied is gone."""
    found = load_or_404(Campaign, number=number)
    if language not in CODES or language == found.language:
        abort(404)
    kept = found.translations.get(language, {})
    form = COPIES[found.kind](data=kept)
    if form.validate_on_submit() and sound(form):
        others = {code: copies for code, copies in found.translations.items() if code != language}
        now = others | ({language: form.copies()} if form.copies() else {})
        with noted("messages.EditCampaign", About(before=kept, after=form.copies())), desk().writing() as db:
            db.get_one(Campaign, number).translations = now
        flash(_("The copy in %(language)s is saved.", language=language_name(language)), "success")
        return go(".campaign", number=number)
    return render("messages/copy.html", form=form, campaign=found, language=language)
