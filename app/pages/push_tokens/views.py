"""Registering a push token, and what was registered from here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash, request
from flask_babel import gettext as _

from app.pages.push_tokens import page
from app.pages.push_tokens.forms import PLATFORMS, AddForm
from app.store import sent_chats
from app.store.paging import newest
from app.store.sent_chats import SHOWN, SentToken
from app.store.vault import digest
from app.web.context import desk, settings
from app.web.page import STAFF, needs
from app.web.paging_args import page_urls, place
from app.web.rees46 import About, send
from app.web.render import go, render
from app.web.shops import shop
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

PURPOSE = "push token "


@page.get("/")
def index() -> ResponseReturnValue:
    """List what was registered from here: `?did=…` of one device."""
    did = request.args.get("did", "").replace("\0", "").strip()[:255]
    with desk().reading() as db:
        found = newest(db, sent_chats.tokens_of(shop().id, did), SentToken.id, **place())
    return render(
        "push_tokens/index.html", found=found, did=did, platforms=PLATFORMS, **page_urls(found.older, found.newer)
    )


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
    row = {
        "shop_id": shop().id,
        "person": me().name,
        "did": given["did"],
        "digest": digest(token, settings().key, PURPOSE),
        "tail": tail,
        "platform": given["platform"],
        "stream": given["stream"] or None,
    }
    return About(
        asked={"did": given["did"], "platform": given["platform"], "token": f"•••{tail}"},
        begun=lambda db, sent: sent_chats.keep_token(db, SentToken(act_id=sent.id, **row)),
    )
