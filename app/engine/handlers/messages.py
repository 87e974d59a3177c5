"""Messages: rendered by their templates, sent over what reaches the customer, and kept in the outbox.

Sending is refused with 400 when nothing reaches the customer: whoever tests a campaign must learn that nothing was
sent, and a success would tell them otherwise. Then nobody new is kept either.
"""

from __future__ import annotations

import secrets
import string
from dataclasses import dataclass

from app.engine.answers import Refusal, answers, prepares
from app.engine.store.campaigns import HTML, MULTI, SMS, Campaign, Template, campaign_of
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.identity import Keys, find, found_or_made, keys_of, owners_of
from app.engine.store.messages import Message, MessageFile, with_code
from app.engine.store.reach import CHANNELS, Reach, reach
from app.liquid import Busy, Rendered, Unrenderable, render
from app.rees46 import messages
from app.rees46.replies import Sent

Op = messages.Sms | messages.Multi | messages.Transact
ALPHABET = string.ascii_lowercase + string.digits


@dataclass(frozen=True)
class Ready:
    """A campaign with its texts by channel, each in the customer's language or in the one there is."""

    campaign: int
    letters: dict[str, tuple[str, Rendered]]


@prepares
def render_sms(db: Db, op: messages.Sms) -> Ready:
    """Render the SMS before the transaction begins."""
    return _rendered(db, SMS, op, {"phone": op.phone})


@prepares
def render_multi(db: Db, op: messages.Multi) -> Ready:
    """Render every channel of the campaign before the transaction begins."""
    return _rendered(db, MULTI, op, op.who())


@prepares
def render_transact(db: Db, op: messages.Transact) -> Ready:
    """Render every channel of the campaign before the transaction begins; it may be of either kind."""
    kind = MULTI if campaign_of(db, MULTI, op.code) else SMS
    return _rendered(db, kind, op, op.who())


@answers
def transact(db: Db, op: messages.Transact) -> messages.Transacted:
    """Send over the first channel that reaches the customer, or over all; what needs an e-mail goes by e-mail."""
    by_email = bool(op.cc or op.bcc or op.files)
    channels = {"email"} if by_email else set(CHANNELS)
    everywhere = bool(op.send_everywhere) and not by_email
    customer = found_or_made(db, op.who())
    code = _sent(db, customer, op.who(), channels, everywhere=everywhere, is_test=bool(op.test)).code
    for message in with_code(db, code):
        message.cc, message.bcc = op.cc or [], op.bcc or []
        db.add_all(_file(message, file) for file in op.files or ())
    return messages.Transacted(code=None if op.test else code)


def _file(message: Message, file: messages.File) -> MessageFile:
    return MessageFile(
        shop_id=message.shop_id,
        message_id=message.id,
        name=file.name,
        kind=file.type,
        size=len(file.content),
        content=file.content,
    )


@answers
def sms(db: Db, op: messages.Sms) -> Sent:
    """Send an SMS to the number of the call; who is unknown becomes a customer."""
    who = {"phone": op.phone}
    return _sent(db, found_or_made(db, who), who, {"sms"}, everywhere=False)


@answers
def multi(db: Db, op: messages.Multi) -> Sent:
    """Send over the cheapest channel that reaches the customer, or over all but SMS; who is unknown is made."""
    channels = {"web_push", "mobile_push", "email"} | (set() if op.send_everywhere else {"sms"})
    return _sent(db, found_or_made(db, op.who()), op.who(), channels, everywhere=bool(op.send_everywhere))


def _rendered(db: Db, kind: str, op: Op, who: dict[str, str]) -> Ready:
    campaign = campaign_of(db, kind, op.code)
    if campaign is None:
        raise Refusal(404, "There is no campaign with this code")
    language = _language(find(db, who), op)
    letters = {}
    for template in _in(language, campaign):
        try:
            letters[template.channel] = template.language, render(template.parts, op.variables, html=HTML)
        except Unrenderable as wrong:
            place = f", line {wrong.line} of {wrong.part}" if wrong.line else ""
            raise Refusal(400, f"The template for {template.channel}{place}: {wrong.message}") from None
        except Busy:
            raise Refusal(429, "Too many messages are being rendered, nothing was sent", {"Retry-After": "1"}) from None
    return Ready(campaign.id, letters)


def _language(customer: Customer | None, op: Op) -> str:
    """Take the language from the profile's custom property `language`, else from the variable, else English."""
    known = customer.custom_properties.get("language") if customer else None
    return str(known or op.variables.get("language") or "en").lower()[:2]


def _in(language: str, campaign: Campaign) -> list[Template]:
    """Choose one template for each channel: in the language, or in the one there is."""
    chosen: dict[str, Template] = {}
    for template in campaign.templates:
        if template.channel not in chosen or template.language == language:
            chosen[template.channel] = template
    return list(chosen.values())


def _sent(
    db: Db, customer: Customer, who: dict[str, str], channels: set[str], *, everywhere: bool, is_test: bool = False
) -> Sent:
    ready: Ready = db.at.prepared
    keys = _not_of_others(db, customer, who)
    ways = [way for way in reach(db, customer, keys) if way.channel in channels & set(ready.letters)]
    usable = [way for way in ways if way.recipient]
    if not usable:
        why = "; ".join(f"{way.channel}: {way.why_not}" for way in ways) or "it has no template for such a channel"
        raise Refusal(400, f"The campaign cannot reach the customer, nothing was sent ({why})")
    code = "".join(secrets.choice(ALPHABET) for _ in range(12))
    sent = [_message(db, ready, customer, code, way) for way in (usable if everywhere else usable[:1])]
    for message in sent:
        message.is_test = is_test
    db.add_all(sent)
    db.flush()
    return Sent(code=code)


def _not_of_others(db: Db, customer: Customer, who: dict[str, str]) -> Keys:
    """Leave out an address of the call that is somebody else's: their consents were not looked at."""
    keys = keys_of(db, who)
    others = {kind for kind, owner in owners_of(db, keys).items() if owner != customer.id}
    return {kind: key for kind, key in keys.items() if kind not in others}


def _message(db: Db, ready: Ready, customer: Customer, code: str, way: Reach) -> Message:
    language, letter = ready.letters[way.channel]
    return Message(
        shop_id=db.shop.id,
        code=code,
        campaign_id=ready.campaign,
        customer_id=customer.id,
        kind="transactional",
        channel=way.channel,
        recipient=way.recipient,
        language=language,
        parts=letter.texts,
        missing=list(letter.missing),
        sent=db.now,
    )
