"""Subscriptions: changed by customers and staff, by mail servers, read and listed."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from app.engine.answers import Refusal, answers
from app.engine.store import consents, outcomes, subscription_log, suppressions
from app.engine.store.contacts import address, digits, is_invalid
from app.engine.store.customers import Customer
from app.engine.store.db import Db
from app.engine.store.devices import push_kinds
from app.engine.store.identity import PurgedError, drop_key, find, identified
from app.engine.store.subscription_log import Happened, Source
from app.rees46 import subscriptions
from app.rees46.replies import Done

MOST = 20_000
BARRED = "The address is on the do-not-use list: no e-mail can be turned on for it. Nothing was changed."
ALL_OFF = {f"email_{kind}": False for kind in subscription_log.TYPES}
PUSH = {"web_push": "web", "mobile_push": "mobile"}  # and what their tokens are called
STOPS = ("email_invalid", "email_blacklisted", "email_bounced", "email_suppressed")
NOTHING_IS_KNOWN = dict.fromkeys((*subscriptions.ALL_FLAGS, *STOPS, *PUSH, "exists", "email_confirmed"), False)
BY_PHONE = {channel for channel, kind in consents.CONTACTS.items() if kind == "phone"}
REASONS = {
    "hard_bounced": suppressions.BOUNCED,
    "complained": suppressions.SUPPRESSED,
    "blacklisted": suppressions.BLACKLISTED,
}


@answers
def manage(db: Db, op: subscriptions.Manage) -> Done:
    """Turn consents on and off; refuse as a whole what cannot be turned on, so that a yes is never half a truth."""
    flags = op.model_dump(include=set(subscriptions.ALL_FLAGS), exclude_none=True)
    wants_email = any(is_on for flag, is_on in flags.items() if flag.startswith("email_"))
    if wants_email and op.email and suppressions.reasons(db, [address(op.email)]):
        raise Refusal(400, BARRED)
    try:
        customer = identified(db, op.who())
    except PurgedError:
        if any(flags.values()):
            raise
        return Done()  # it is off, and stays so
    if consents.change(db, [(customer, flags)], subscription_log.asked_through(db)):
        raise Refusal(400, BARRED)
    return Done()


@answers
def callback(db: Db, op: subscriptions.Callback) -> Done:
    """Take in what a mail server or a person said of an address; what is unknown is remembered all the same."""
    email = address(op.email)
    source = Source("api_callback", db.at.caller.ip)
    if op.event in outcomes.OUTCOMES:
        outcomes.blame(db, email, op.event)
    if op.event == "unsubscribed":
        _unsubscribe(db, email, source)
    elif suppressions.add(db, [email], REASONS[op.event]):
        happened = [Happened("email", email, kind, op.event) for kind in subscription_log.TYPES]
        subscription_log.log(db, happened, source)
        _stop(db, email, is_purged=op.event == "hard_bounced")
    return Done()


@answers
def check(db: Db, op: subscriptions.Check) -> subscriptions.Status:
    """Say what is on, and what stops it; for an unknown contact all is off."""
    customer = find(db, op.who())
    email = address(op.email) if op.email else customer.email if customer else None
    on = _what_is_on(db, customer) if customer else {}
    return subscriptions.Status(**NOTHING_IS_KNOWN | on | (_what_stops(db, email) if email else {}))


@answers
def list_changes(db: Db, op: subscriptions.Changes) -> list[subscriptions.Change]:
    """List changes from the first to the last day, newest first."""
    today = db.now.date()
    first, last = op.from_ or today - timedelta(days=1), op.to or today
    wanted = subscription_log.Wanted(
        since=datetime.combine(first, time.min),
        until=datetime.combine(last, time.max),
        event=op.event,
        channel=op.channel,
        contacts=_contacts(db, op),
        limit=op.limit or MOST,
        offset=op.offset or 0,
    )
    return [_change(row) for row in subscription_log.read(db, wanted)]


def _unsubscribe(db: Db, email: str, source: Source) -> None:
    """Turn all e-mail off; who is unknown is made, so that their no is remembered."""
    try:
        customer = identified(db, {"email": email})
    except PurgedError:
        return
    consents.change(db, [(customer, ALL_OFF)], source)


def _stop(db: Db, email: str, *, is_purged: bool) -> None:
    """Turn all e-mail of an address's owner off; the log has been told by another name already."""
    customer = find(db, {"email": email})
    if customer is None:
        return
    if customer.email == email:
        consents.turn_off_silently(db, customer, "email")
    if is_purged:
        drop_key(db, customer, "email", email)


def _what_stops(db: Db, email: str) -> dict[str, bool]:
    why_not = suppressions.reasons(db, [email]).get(email, set())
    return {
        "email_invalid": is_invalid(email),
        "email_blacklisted": suppressions.BLACKLISTED in why_not,
        "email_bounced": suppressions.BOUNCED in why_not,
        "email_suppressed": suppressions.SUPPRESSED in why_not,
    }


def _what_is_on(db: Db, customer: Customer) -> dict[str, bool]:
    """Say which kinds are on: the contact is there, and the customer agreed. A push token is agreement until a no."""
    flags = consents.flags_of(db, [customer.id]).get(customer.id, {})
    tokens = push_kinds(db, [customer.id]).get(customer.id, set())
    on = {"exists": True}
    for channel, kinds in subscriptions.TYPES_OF.items():
        is_push = channel in PUSH
        is_there = PUSH[channel] in tokens if is_push else bool(customer.main(consents.CONTACTS[channel]))
        on |= {f"{channel}_{kind}": is_there and flags.get(f"{channel}_{kind}", is_push) for kind in kinds}
    return on | {channel: any(on[f"{channel}_{kind}"] for kind in subscriptions.TYPES) for channel in PUSH}


def _contacts(db: Db, op: subscriptions.Changes) -> list[str]:
    emails = [address(op.email)] if op.email else []
    return emails + ([digits(op.phone, db.at.settings.phone_region)] if op.phone else [])


def _change(row: subscription_log.SubscriptionChange) -> subscriptions.Change:
    return subscriptions.Change(
        contact_type=row.contact_type,
        contact=f"+{row.contact}" if row.contact_type in BY_PHONE else row.contact,
        campaign_type=row.campaign_type,
        event=row.event,
        channel=row.channel,
        datetime=row.at.strftime("%Y-%m-%d %H:%M:%S"),
        ip=row.ip,
    )
