"""Registering a push token, and what was registered from here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash
from flask_babel import gettext as _

from app.pages.push_tokens import page
from app.pages.push_tokens.columns import columns
from app.pages.push_tokens.forms import AddForm, ListFilters
from app.store import sent_chats
from app.store.paging import newest
from app.store.sent_chats import SHOWN, SentToken
from app.web.context import settings
from app.web.page import STAFF, needs
from app.web.rees46 import About, send
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me
from app.web.tables.listing import Listing, list_page

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session


@page.get("/")
def index() -> ResponseReturnValue:
    """List what was registered from here: `?did=…` of one device."""
    form = ListFilters()
    return list_page("push_tokens/index.html", lambda db, at: _listing(db, form, at))


def _listing(db: Session, form: ListFilters, at: dict[str, Any]) -> Listing[SentToken]:
    wanted = sent_chats.tokens_of(shop().id, form.device, form.platform.data or "", form.between())
    found = newest(db, wanted, SentToken.id, **at)
    return Listing(_("Push tokens, newest first"), columns(), found, form, file="push-tokens")


@page.route("/add", methods=["GET", "POST"])
@needs(STAFF)
def add() -> ResponseReturnValue:
    """Register a token; the trail keeps its end alone."""
    form = AddForm()
    if form.validate_on_submit() and send(form, _about(form.given())) is not None:
        flash(_("Registered: mobile push reaches this device now."), "success")
        return go(".index", did=form.given()["did"])
    return render("push_tokens/add.html", form=form)


def _about(given: dict[str, str]) -> About:
    token, tail = given["token"], given["token"][-SHOWN:]
    key = settings().key
    row = {
        "shop_id": shop().id,
        "person": me().name,
        "did": given["did"],
        "platform": given["platform"],
        "stream": given["stream"] or None,
    }
    return About(
        asked={"did": given["did"], "platform": given["platform"], "token": f"•••{tail}"},
        begun=lambda db, sent: sent_chats.keep_token(db, SentToken(act_id=sent.id, **row), token, key),
    )
