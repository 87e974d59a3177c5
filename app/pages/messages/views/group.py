"""One campaign to a group of test recipients: each message looked at first, then sent by an act of its own."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import vault
from app.pages.messages.attachments import OPERATIONS
from app.pages.messages.drafting import merged
from app.pages.messages.forms import GroupForm
from app.pages.messages.sending import midnight
from app.store import campaigns, sends
from app.store.sends import Send
from app.web.cells.phones import read_phone
from app.web.context import desk, settings
from app.web.customers.lookup import read_profile
from app.web.messaging.delivery import keep_number
from app.web.messaging.filling import filled
from app.web.messaging.gate import gate_of
from app.web.messaging.languages import language_of
from app.web.messaging.preview import fill_copies
from app.web.messaging.variables import lacking
from app.web.page import STAFF
from app.web.shops import shop
from app.web.sign_in.login import me
from app.work.bulk import BulkKind, Rows, Verdict, bulk_kind, one_by_one

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.rees46.operation import Operation
    from app.rees46.profile import Profile
    from app.store.acts import Act
    from app.store.bulks import Bulk, BulkRow
    from app.store.campaigns import Campaign
    from app.store.customers import KnownCustomer

KIND = "messages.group"
IDENTIFIERS = {"sms": ("phone",), "multi": ("email", "phone", "loyalty_id", "external_id", "did")}


def look(bulk: Bulk, row: BulkRow) -> Verdict:
    """Fill the message for one recipient, and say why it cannot go if it cannot."""
    campaign = _campaign(bulk)
    profile = read_profile(row.customer.identity)
    who = _who(campaign.kind, row.customer, profile)
    if who is None:
        return Verdict("refused", _("There is no phone number to send it to."))
    names = lacking(campaign.variables, bulk.asked["variables"])
    variables = merged(deepcopy(bulk.asked["variables"]), filled(names, profile) if profile and names else {})
    if missing := lacking(campaign.variables, variables):
        return Verdict("refused", _("These variables have no value: %(names)s.", names=", ".join(missing)))
    send = _send(bulk, row, {"code": campaign.code, **who, "variables": variables}, campaign)
    send.language = language_of(profile, variables)
    if why := _shut(send):
        return Verdict("refused", why)
    kept = {"asked": send.asked, "language": send.language}
    return Verdict("change", ", ".join(who.values()), vault.lock(json.dumps(kept), settings().key))


def _campaign(bulk: Bulk) -> Campaign:
    with desk().reading() as db:
        return db.get_one(campaigns.Campaign, bulk.asked["campaign"])


def _who(kind: str, customer: KnownCustomer, profile: Profile | Any) -> dict[str, str] | None:
    """By which identifier it goes: the one they were named by if the call takes it, else the phone of their profile."""
    if customer.kind in IDENTIFIERS[kind]:
        return {customer.kind: customer.value}
    phone = read_phone(str(getattr(profile, "phone", "") or ""))
    return {"phone": phone} if phone else None


def _send(bulk: Bulk, row: BulkRow, asked: dict[str, Any], campaign: Campaign) -> Send:
    return Send(
        shop_id=bulk.shop_id,
        person_id=me().id,
        person=me().name,
        kind=campaign.kind,
        campaign=campaign.code,
        campaign_name=campaign.name,
        asked=asked,
        recipient_id=row.customer_id,
        customer_id=row.customer_id,
    )


def _shut(send: Send) -> str:
    """Why it may not go: a group never passes the allow-list of a live shop, and nobody gets it twice a day."""
    with desk().reading() as db:
        if gate_of(db, shop(), send).wants_typing:
            return _("This is a live shop, and they are not on the allow-list.")
        if any(earlier.campaign == send.campaign for earlier in sends.lately(db, send, midnight())):
            return _("It went to them today already.")
    return ""


def still(bulk: Bulk, row: BulkRow) -> str:
    """Look again just before it goes: the allow-list may have changed since the dry run."""
    return _shut(_send(bulk, row, _kept(row)["asked"], _campaign(bulk)))


def _kept(row: BulkRow) -> dict[str, Any]:
    kept: dict[str, Any] = json.loads(vault.unlock(row.details or "", settings().key))
    return kept


def make(bulk: Bulk, rows: Rows) -> Operation[Any]:
    return OPERATIONS[_campaign(bulk).kind].from_form(_kept(rows[0])["asked"])


def begun(db: Session, bulk: Bulk, rows: Rows, act: Act) -> None:
    """Let the history of messages have it, too, with its text as it was filled."""
    campaign, kept = db.get_one(campaigns.Campaign, bulk.asked["campaign"]), _kept(rows[0])
    send = _send(bulk, rows[0], kept["asked"], campaign)
    send.language, send.act_id = kept["language"], act.id
    send.texts = fill_copies(campaign, send.variables, send.language).texts
    db.add(send)


bulk_kind(
    KIND,
    BulkKind(
        _l("Send to a group"),
        STAFF,
        GroupForm,
        check=one_by_one(look),
        make=make,
        words=lambda bulk: _campaign(bulk).name,
        is_repeatable=False,
        is_message=True,
        still=still,
        begun=begun,
        ended=lambda db, _bulk, _rows, ended: keep_number(db, ended),
    ),
)
