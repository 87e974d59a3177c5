"""Members of the loyalty programme: in, out, their codes for others, one-time codes and QR codes."""

from __future__ import annotations

import secrets

from app.engine.answers import Refusal, answers
from app.engine.loyalty.asked import asked_account, asked_member
from app.engine.store import loyalty_members as members
from app.engine.store.db import Db
from app.engine.store.identity import find, found_or_made, identified
from app.engine.store.messages import Message
from app.rees46 import loyalty_members as loyalty
from app.rees46.replies import Done

TEXTS = {"ru": "Ваш код: {code}. Никому его не сообщайте.", "en": "Your code: {code}. Tell nobody."}


@answers
def status(db: Db, op: loyalty.Status) -> loyalty.Membership:
    """Tell who is a member. Without the secret only whoever has the device learns it, of themselves."""
    if not (db.at.caller.has_secret or db.shop.apps_ask_loyalty):
        owner = find(db, {"did": op.did or ""})
        if owner is None or owner.phone != members.number_of(db, op.identifier):
            raise Refusal(403, "Invalid secret key")
    member = members.member_of(db, op.identifier)
    if member is None:
        return loyalty.Membership(member=False, level=loyalty.Level())
    until = member.level_until.isoformat() if member.level_until else None
    level = loyalty.Level(name=member.level_name, code=member.level_code, expiration_date=until)
    return loyalty.Membership(member=True, level=level)


@answers
def join(db: Db, op: loyalty.Join) -> loyalty.Joined:
    """Make somebody a member, and a customer if they are none."""
    who = {"phone": op.phone} | ({"email": op.email} if op.email else {}) | ({"did": op.did} if op.did else {})
    customer = identified(db, who)
    for name in ("first_name", "last_name", "gender", "birthday"):
        if getattr(customer, name) is None:
            setattr(customer, name, getattr(op, name))
    member = members.join(db, op.phone)
    return loyalty.Joined(message="Joined the loyalty program", identifier=member.identifier)


@answers
def leave(db: Db, op: loyalty.Leave) -> Done:
    """Take a member out."""
    members.leave(asked_member(db, op.identifier))
    return Done()


@answers
def referral_codes(db: Db, op: loyalty.ReferralCodes) -> list[loyalty.ReferralCode]:
    """List the codes by which a member brings others along."""
    return [
        loyalty.ReferralCode(referral_program_id=code.program, code=code.code, description=description)
        for code, description in members.codes_of(db, asked_member(db, op.identifier).identifier)
    ]


@answers
def referral_join(db: Db, op: loyalty.ReferralJoin) -> loyalty.ReferralJoined:
    """Let a member bring others along."""
    member = asked_member(db, op.identifier)
    if not members.program_exists(db, op.id):
        raise Refusal(404, "Referral program is not found")
    code = members.refer(db, member.identifier, op.id)
    return loyalty.ReferralJoined(message="Joined the referral program", code=code)


@answers
def send_code(db: Db, op: loyalty.SendCode) -> Done:
    """Send a one-time code into the outbox."""
    customer = found_or_made(db, {"phone": op.identifier})
    number = members.number_of(db, op.identifier)
    code = members.new_code(db, number, op.event)
    language = "ru" if str(customer.custom_properties.get("language") or "").lower().startswith("ru") else "en"
    db.add(
        Message(
            shop_id=db.shop.id,
            code=secrets.token_hex(6),
            customer_id=customer.id,
            kind="transactional",
            channel="sms",
            recipient=number,
            language=language,
            parts={"text": TEXTS[language].format(code=code)},
            missing=[],
            sent=db.now,
        )
    )
    return Done()


@answers
def check_code(db: Db, op: loyalty.CheckCode) -> Done:
    """Take a one-time code, once."""
    if not members.use_code(db, members.number_of(db, op.identifier), op.event, op.code):
        raise Refusal(400, "Code is not correct")
    return Done()


@answers
def qr_get(db: Db, op: loyalty.QrGet) -> loyalty.Qr:
    """Make a member's QR code."""
    number = asked_account(db, op.identifier).identifier
    return loyalty.Qr(code=f"{number}-{members.new_code(db, number, members.QR)}")


@answers
def qr_check(db: Db, op: loyalty.QrCheck) -> Done:
    """Compare what was read with the code that was made."""
    number, _, pin = op.code.rpartition("-")
    if not members.use_code(db, members.number_of(db, number), members.QR, pin, once=False):
        raise Refusal(400, "Code is not correct")
    return Done()
