"""The push bench: a push built, drawn, checked and sent to one recipient, and what its device says pressed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.messages import page
from app.pages.messages.drafting import keep_asked
from app.pages.messages.push_checks import checks_of
from app.pages.messages.push_forms import PARTS, PushForm
from app.pages.messages.sending import send_or_404
from app.rees46 import deliveries
from app.rees46.notifications import Counters, Event, Numbers, OfMessage
from app.store import campaigns, sent_chats
from app.store.campaigns import Campaign, parts_of
from app.store.customers import KnownCustomer
from app.store.sent_chats import SentToken
from app.web.context import desk
from app.web.customers.identity import identity_for
from app.web.customers.parse import read_identifier
from app.web.messaging import pushes
from app.web.messaging.preview import fill_copies
from app.web.page import STAFF, needs
from app.web.panels.standing import read_or
from app.web.rees46 import About, act, ask
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from flask_babel.speaklater import LazyString

    from app.rees46.operation import Operation
    from app.rees46.replies import Done
    from app.store.sends import Send

CHANNEL = "mobile_push"
TOKENS = 20  # that are offered to send to
SIGNS: dict[str, tuple[type[Operation[Done]], LazyString]] = {
    "received": (deliveries.Received, _l("Received")),
    "opened": (deliveries.Opened, _l("Opened")),
    "clicked": (deliveries.Clicked, _l("Clicked")),
    "closed": (deliveries.Closed, _l("Closed")),
}
HAPPENED = {
    "sent": _l("sent"),
    "delivered": _l("received by the device"),
    "opened": _l("opened"),
    "clicked": _l("clicked"),
    "closed": _l("closed"),
}


@page.route("/push", methods=["GET", "POST"])
@needs(STAFF)
def push() -> ResponseReturnValue:
    """Build a push: draw it, look at its targets, or go on to send it."""
    form = PushForm()
    with desk().reading() as db:
        register = [one for one in campaigns.of_shop(db, shop().id) if one.active and one.kind == "multi"]
        tokens = db.scalars(sent_chats.tokens_of(shop().id).order_by(SentToken.id.desc()).limit(TOKENS)).all()
    form.offer(register)
    parts = form.parts() if form.validate_on_submit() else {}
    campaign = next((one for one in register if one.id == form.campaign.data), None)
    if parts and request.form.get("do") == "send" and (draft := _drafted(form, campaign, parts)):
        return go(".review", number=draft.id)
    return render(
        "messages/push.html",
        form=form,
        drawn=pushes.draw(CHANNEL, parts),
        checks=checks_of(parts) if parts else [],
        carried=_carried(campaign, parts) if campaign and parts else None,
        tokens=tokens,
    )


def _drafted(form: PushForm, campaign: Campaign | None, parts: dict[str, str]) -> Send | None:
    """Keep a draft for the review, which every message passes; None when something is missing."""
    to = (form.to.data or "").strip()
    if campaign is None:
        form.campaign.errors = [_("Choose the campaign under which REES46 sends it.")]
    if not to:
        form.to.errors = [_("Say who gets it.")]
    if campaign is None or not to:
        return None
    return keep_asked({"code": campaign.code, **_to(to), "variables": _variables(parts)}, campaign, campaign.kind)


def _to(text: str) -> dict[str, str]:
    """Read who gets it: what is neither an address nor a phone number is a device."""
    kind, value = read_identifier(text)
    return {kind: value} if kind in {"email", "phone"} else {"did": text}


def _variables(parts: dict[str, str]) -> dict[str, Any]:
    """Give the parts as variables; those that are empty too, so that nothing is missing in the copy."""
    return {name: parts.get(name, "") for name in PARTS}


def _carried(campaign: Campaign, parts: dict[str, str]) -> str:
    """Tell whether the campaign says what was built, by the copy that is kept here: yes, other, or unknown."""
    copy = fill_copies(campaign, _variables(parts), campaign.language)
    said = parts_of(CHANNEL, copy.texts)
    return "unknown" if not said else "yes" if said == parts else "other"


@page.get("/<int:number>/tracked")
def tracked(number: int) -> ResponseReturnValue:
    """Show what happened to a push, and what REES46 counts of it."""
    send = send_or_404(number)
    with desk().reading() as db:
        recipient = db.get(KnownCustomer, send.recipient_id) or abort(404)
    code = send.number or abort(404)
    nothing: list[Event] = []
    events, failure = read_or(lambda: ask(OfMessage(code=code, type="transactional")), nothing)
    counted, _failed = read_or(lambda: _counted(send, recipient), None)
    return render(
        "messages/tracked.html",
        send=send,
        events=[event for event in events if event.channel in {None, CHANNEL}],
        failure=failure,
        counted=counted,
        signs={name: words for name, (_kind, words) in SIGNS.items()},
        happened=HAPPENED,
    )


def _counted(send: Send, recipient: KnownCustomer) -> Numbers:
    """Count the pushes that went to the recipient since the day of the message."""
    who = identity_for(Counters, recipient)
    return ask(Counters.from_form({**who, "date_from": send.at.date(), "channel": CHANNEL, "type": "transactional"}))


@page.post("/<int:number>/track")
@needs(STAFF)
def track(number: int) -> ResponseReturnValue:
    """Say in place of the device what became of a push."""
    send, sign = send_or_404(number), SIGNS.get(request.form.get("sign", ""))
    if sign is None or not send.number:
        abort(404)
    with desk().reading() as db:
        recipient = db.get(KnownCustomer, send.recipient_id)
    kind, words = sign
    said = {"code": send.number, "type": f"{CHANNEL}_transactional", "did": send.who.get("did")}
    act(kind.from_form(said), About(customer=recipient, after={"message": send.id}))
    flash(_("REES46 was told: %(what)s.", what=words), "success")
    return go(".show", number=number, _anchor="tracked")
