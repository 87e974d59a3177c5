"""Removing a customer from the desk's own records: what was done to them stays in the trail, under a pseudonym."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, delete, false, or_, select, update

from app.erasures import digests
from app.store import matrix_upkeep, seals, waiters
from app.store.acts import Act
from app.store.bulks import BulkRow
from app.store.communications import Communication, Version
from app.store.customer_traces import CustomerTrace
from app.store.customers import KnownCustomer, Visit
from app.store.exchanges import Exchange
from app.store.last_replies import LastReply
from app.store.orders_seen import SeenOrder
from app.store.promo_handouts import PromoHandout
from app.store.recipients import Recipient
from app.store.sends import Send
from app.store.shops import Shop
from app.store.trigger_stories import TriggerStory
from app.store.waiters import Waiter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from sqlalchemy.orm import Session

    from app.config import Settings
    from app.erasures import Erasure
    from app.secret_key import SecretKey

ERASED = "erased"  # the kind of a key that stands for nobody any more
KEPT = {
    "segment_id",
    "event",
    "outcome",
}  # what an act was about, which names nobody; so do switches and nothing at all
KEPT_OF_SEND = {"code", "send_everywhere", "test"}
WITH_REASON = {"profile.Purge", "customers.Erase"}  # acts whose reason stays
Key = tuple[str, str]  # its kind (email, phone …) and its value


def erase(db: Session, shop_id: int, customer_ids: Collection[int], contacts: Collection[Key], key: SecretKey) -> None:
    """Forget who somebody is: all keys that stand for them, and the contacts by which they are known.

    What was read of them is deleted. Of what was done stay when, by whom, what and how it ended.
    """
    for customer in db.scalars(select(KnownCustomer).where(KnownCustomer.id.in_(customer_ids))):
        customer.kind, customer.value, customer.name = ERASED, customer.key, ""
        _hide_acts(db, customer, key)
        _hide_sends(db, customer)
    mine = select(Communication.id).where(Communication.customer_id.in_(customer_ids))
    db.execute(delete(Version).where(Version.communication_id.in_(mine)))
    for table in (Communication, CustomerTrace, LastReply, SeenOrder, TriggerStory, Visit):
        db.execute(delete(table).where(table.customer_id.in_(customer_ids)))
    db.execute(update(PromoHandout).where(PromoHandout.customer_id.in_(customer_ids)).values(reason=""))
    db.execute(update(BulkRow).where(BulkRow.customer_id.in_(customer_ids)).values(details=None, why=""))
    matrix_upkeep.hide(db, customer_ids)
    ways = [and_(Recipient.kind == kind, Recipient.value == value) for kind, value in contacts]
    db.execute(delete(Recipient).where(Recipient.shop_id == shop_id, or_(false(), *ways)))
    names = waiters.names_of([value for _kind, value in contacts], key)
    db.execute(delete(Waiter).where(Waiter.shop_id == shop_id, Waiter.contact.in_(names)))


def erase_again(db: Session, settings: Settings, erasures: Iterable[Erasure]) -> int:
    """Forget whoever was erased since the backup that was restored; says how many keys stood for them."""
    erased: dict[str, set[str]] = {}
    for erasure in erasures:
        erased.setdefault(erasure.shop, set()).update(erasure.keys)
    count = 0
    for shop in db.scalars(select(Shop).where(Shop.shop_id.in_(erased))):
        known = db.execute(
            select(KnownCustomer.id, KnownCustomer.kind, KnownCustomer.value).where(KnownCustomer.shop_id == shop.id)
        )
        erased_as = erased[shop.shop_id]
        found = {
            row.id: (row.kind, row.value)
            for row in known
            if not erased_as.isdisjoint(digests(settings, shop.shop_id, row[1:]))
        }
        erase(db, shop.id, found.keys(), list(found.values()), settings.key)
        count += len(found)
    return count


def pseudonym(customer: KnownCustomer) -> str:
    """What stands in the place of all that named somebody."""
    return f"erased-{customer.key}"


def _hide_acts(db: Session, customer: KnownCustomer, key: SecretKey) -> None:
    """Take out of the trail whatever may name them, free text as well; why they were erased stays."""
    name = pseudonym(customer)
    theirs = list(db.scalars(select(Act).where(Act.customer_id == customer.id)))
    for act in theirs:
        act.asked, act.before, act.after = _nameless(act.asked, name) or {}, *_both(act, name)
        act.message = None
        if act.what not in WITH_REASON:
            act.reason = None
        if act.settled:
            act.settled = {**act.settled, "note": ""}
    seals.note_erased(db, theirs, key)


def _both(act: Act, name: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    return _nameless(act.before, name), _nameless(act.after, name)


def _nameless(told: dict[str, Any] | None, name: str) -> dict[str, Any] | None:
    if told is None:
        return None
    return {
        field: value if field in KEPT or value is None or isinstance(value, bool) else name
        for field, value in told.items()
    }


def _hide_sends(db: Session, customer: KnownCustomer) -> None:
    """Of a message stay the campaign, when and by whom; drafts go."""
    mine = or_(Send.recipient_id == customer.id, Send.customer_id == customer.id)
    db.execute(delete(Send).where(mine, Send.act_id.is_(None)))
    for send in db.scalars(select(Send).where(mine)):
        kept = {name: value for name, value in send.asked.items() if name in KEPT_OF_SEND}
        send.asked, send.texts, send.number = {**kept, "external_id": pseudonym(customer)}, {}, None


def hide_calls(db: Session, shop_id: int, between: tuple[int, int], contacts: Iterable[Key], name: str) -> None:
    """Take out of a part of the request log what was asked and answered about these contacts; the numbers are its ids.

    An address is looked for wherever it stands, an ID only where it was asked by: 10 stands in every other answer.
    """
    after, up_to = between
    part = (Exchange.shop_id == shop_id, Exchange.id > after, Exchange.id <= up_to)
    found = update(Exchange).where(*part, or_(*(way for contact in contacts for way in _ways(*contact))))
    db.execute(found.values(asked="{}", curl=name, answer=""))


def _ways(kind: str, value: str) -> list[ColumnElement[bool]]:
    if kind in {"email", "phone"}:
        plain = value.lstrip("+")
        return [column.icontains(plain, autoescape=True) for column in (Exchange.asked, Exchange.curl, Exchange.answer)]
    return [Exchange.asked.icontains(f'"{kind}": "{value}"', autoescape=True)]
