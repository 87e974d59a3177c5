"""Parts of a customer's page that are read when somebody unfolds them, and taking an edit back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from flask import abort
from flask_babel import gettext as _

from app.pages.customers import page, placed
from app.pages.customers.changes import texts_of
from app.pages.customers.customer.edits import can_undo
from app.pages.customers.customer.orders import FEW_LINES
from app.rees46.errors import Rees46Error
from app.rees46.products import Read
from app.rees46.profile import Set
from app.web import pictures
from app.web.acts.settling import act_or_404
from app.web.customer_page.asking import ask_all
from app.web.customer_page.changed import changed
from app.web.customers.keys import customer_or_404
from app.web.customers.lookup import read_profile
from app.web.customers.traces import aliases
from app.web.customers.waiting import waiting_for
from app.web.error_words import in_words
from app.web.page import SUPPORT, needs
from app.web.panels.standing import read_or
from app.web.rees46 import About, act
from app.web.render import render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.pages.customers.placed import Piece
    from app.store.acts import Act
    from app.store.customers import KnownCustomer


@page.get("/<key>/orders/<int:number>")
def pieces(key: str, number: int) -> ResponseReturnValue:
    """Show what was in one order, with what the catalogue says of each product now."""
    customer = customer_or_404(key)
    told = placed.placed_by(customer) or []
    if number >= len(told):
        abort(404)
    listed = [placed.piece_of(line) for line in (told[number].items or ())[:FEW_LINES]]
    return render("customers/pieces.html", customer=customer, order=told[number], listed=_as_now(listed))


@page.get("/picture/<token>")
def picture(token: str) -> ResponseReturnValue:
    """Show the picture of a product, which the desk fetches itself."""
    return pictures.send(token)


def _as_now(listed: list[Piece]) -> list[Piece]:
    """Ask for today's price and stock of each, side by side; what is not told stays as it was."""
    replies = ask_all([Read(item_id=one.id) for one in listed])
    return [
        replace(piece, now=reply.price, stock=reply.is_available, picture=piece.picture or reply.picture)
        if reply is not None
        else piece
        for piece, reply in zip(listed, replies, strict=True)
    ]


@page.get("/<key>/waiting")
def waiting(key: str) -> ResponseReturnValue:
    """Ask which products somebody waits for, and what is in the cart."""
    customer = customer_or_404(key)
    told, error = read_or(lambda: waiting_for(customer), None)
    return render("customers/waiting.html", error.status if error else None, customer=customer, told=told, error=error)


@page.post("/<key>/undo/<int:number>")
@needs(SUPPORT)
def undo(key: str, number: int) -> ResponseReturnValue:
    """Write back what stood in a profile before an edit, where nobody has changed it since."""
    customer, done = customer_or_404(key), act_or_404(number)
    if done.what != "profile.Set" or done.customer_id not in aliases(customer) or not can_undo(done):
        abort(404)
    try:
        return _undone(customer, done)
    except Rees46Error as error:
        return changed(customer, " ".join(filter(None, in_words(error).values())), "danger")


def _undone(customer: KnownCustomer, done: Act) -> ResponseReturnValue:
    profile = read_profile(customer.identity)
    now = texts_of(profile) if profile else {}
    before, after = done.before or {}, done.after or {}
    if any(now.get(name, "") != after.get(name) for name in before):
        return changed(customer, _("It was changed again since, so nothing was undone."), "warning")
    given = {name.removeprefix("custom."): text for name, text in before.items()}
    about = About(customer, after, before, _("Undo of act %(number)s", number=done.id))
    act(Set.from_form(given | customer.identity), about)
    return changed(customer, _("Undone: it says again what it said before."))
