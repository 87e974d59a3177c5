"""What became of a message that REES46 took: over which channel it went and why, and what was delivered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import abort, current_app
from flask_babel import gettext as _

from app.pages.messages import page
from app.pages.messages.sending import send_or_404
from app.pages.messages.views.reach import channels_of
from app.store.customers import KnownCustomer
from app.web.channels import CHANNELS
from app.web.context import desk
from app.web.customers.reach import reach_of
from app.web.messaging.delivery import delivered as delivered_under
from app.web.messaging.shown import shown_parts
from app.web.panels.standing import read_or
from app.web.rees46 import address_of, shown_address_of
from app.web.render import render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.sends import Send
    from app.web.customers.reach import Way
    from app.web.messaging.delivery import Delivered


@dataclass(frozen=True)
class Taken:
    """A channel that a message could take: whether it did, and why."""

    channel: str
    was_taken: bool
    why: str


@page.get("/<int:number>/delivered")
def delivered(number: int) -> ResponseReturnValue:
    """Ask REES46 what it delivered; where the box answers, its outbox has all of it."""
    send = send_or_404(number)
    if not send.number:
        abort(404)
    with desk().reading() as db:
        recipient = db.get(KnownCustomer, send.recipient_id) or abort(404)
    nothing: Delivered = {}
    told, failure = read_or(lambda: delivered_under(recipient.identity, send.number or ""), nothing)
    no_ways: list[Way] = []
    ways, _failed = read_or(lambda: [*map(reach_of(recipient, send.who).way, channels_of(send))], no_ways)
    is_box = address_of(shop()) == str(current_app.extensions["box_url"])
    return render(
        "messages/delivered.html",
        send=send,
        taken=_explained(send, told, ways),
        shown=shown_parts(told, send.number),
        told=told,
        failure=failure,
        names=CHANNELS,
        outbox=f"{shown_address_of(shop())}/outbox/{send.number}" if is_box else None,
    )


def _explained(send: Send, told: Delivered, ways: list[Way]) -> list[Taken]:
    """Say of each channel why it was taken or not, in the order in which REES46 tries them."""
    found: list[Taken] = []
    is_everywhere = bool(send.asked.get("send_everywhere"))
    for way in ways:
        was_taken = way.channel in told
        earlier = next((one.channel for one in found if one.was_taken), None)
        if was_taken:
            why = (
                way.why if send.asked.get("send_everywhere") else _("The first that reaches them. %(why)s", why=way.why)
            )
        elif way.answer == "yes" and earlier and not is_everywhere:
            why = _("Not needed: %(channel)s reached them.", channel=CHANNELS[earlier])
        else:
            why = _("The campaign has no copy for it, or REES46 does not tell.") if way.answer == "yes" else way.why
        found.append(Taken(way.channel, was_taken, why))
    return found
