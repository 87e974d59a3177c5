"""Taking an open communication, so that one person answers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash, request
from flask_babel import gettext as _

from app.pages.communications import page
from app.store import communications as archive
from app.store import inbox
from app.store.people import Person
from app.web.context import desk
from app.web.customer_page.changed import came_from_customer, changed
from app.web.customers.keys import customer_or_404
from app.web.page import SUPPORT, needs
from app.web.render import go
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue


@page.post("/of/<key>/<number>/take")
@needs(SUPPORT)
def take(key: str, number: str) -> ResponseReturnValue:
    """Let this person answer it, or let others again."""
    customer, give_back = customer_or_404(key), request.form.get("do") == "give_back"
    with desk().writing() as db:
        kept = archive.by_number(db, shop().id, number)
        if kept is None or kept.customer_id != customer.id:
            abort(404)
        person = db.get_one(Person, me().id)
        is_mine = (inbox.give_back if give_back else inbox.take)(db, kept.id, person)
        db.refresh(kept)
        taker = kept.taker
    if give_back:
        words, tone = _("Given back: it is nobody's now.") if is_mine else _("It was not yours."), "info"
    elif is_mine or taker == me().name:
        words, tone = _("It is yours to answer."), "success"
    else:
        words, tone = _("%(name)s took it before.", name=taker), "warning"
    if came_from_customer():
        return changed(customer, words, tone)
    flash(words, tone)
    return go(".show", key=key, number=number)
