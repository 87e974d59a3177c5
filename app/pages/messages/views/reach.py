"""Who gets a message: by which channels it reaches its recipient and why not by others, and whom it is to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request
from flask_babel import gettext as _

from app.pages.messages import page
from app.pages.messages.sending import send_or_404
from app.pages.messages.whose import contradiction, keep_only
from app.store.customers import KnownCustomer
from app.web.channels import CHANNELS, PUSHES
from app.web.context import desk
from app.web.customers.reach import reach_of
from app.web.page import STAFF, needs
from app.web.render import go, render

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.sends import Send


@page.get("/<int:number>/reach")
@needs(STAFF)
def reach(number: int) -> ResponseReturnValue:
    """Say for each channel of a message whether it reaches the recipient: what the profile says, too."""
    send = send_or_404(number)
    with desk().reading() as db:
        recipient = db.get(KnownCustomer, send.recipient_id) or abort(404)
    found = reach_of(recipient, send.who)
    ways = [found.way(channel) for channel in channels_of(send)]
    answers = {way.answer for way in ways}
    open_ = [way for way in ways if way.answer == "yes"]
    verdict = "yes" if open_ else "unknown" if "unknown" in answers else "no"
    return render("messages/reach.html", send=send, recipient=recipient, ways=ways, verdict=verdict, names=CHANNELS)


def channels_of(send: Send) -> tuple[str, ...]:
    """List the channels that a message may take."""
    if send.kind == "sms":
        return ("sms",)
    if send.kind == "transact":
        is_letter = any(send.asked.get(name) for name in ("cc", "bcc", "files"))
        return ("email",) if is_letter else (*PUSHES, "email", "sms")
    return (*PUSHES, "email") if send.asked.get("send_everywhere") else (*PUSHES, "email", "sms")


@page.post("/<int:number>/choose")
def choose(number: int) -> ResponseReturnValue:
    """Take of two people the one who was chosen; the identifiers of the other leave the draft."""
    send = send_or_404(number)
    people = contradiction(send) if send.state == "draft" else []
    chosen = next((person for person in people if person.customer.key == request.form.get("person")), None)
    if chosen is None:
        abort(409, _("That person is none of those whom this message leads to now. Look at it again."))
    keep_only(send, chosen, people)
    return go(".review", number=number)
