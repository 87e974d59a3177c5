"""Two customers that turn out to be one person: what was known of either stays known, and a no outweighs a yes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, delete, select, update

from app.engine.store.base import Base
from app.engine.store.consents import Consent
from app.engine.store.customers import KINDS, SEVERAL, Customer, Identity
from app.engine.store.db import Db
from app.engine.store.nps import NpsReview
from app.engine.store.segments import Member

FILLED = (
    "first_name",
    "middle_name",
    "last_name",
    "gender",
    "birthday",
    "age",
    "location",
    "fb_id",
    "vk_id",
    "loyalty_card_location",
    "loyalty_status",
    "loyalty_bonuses",
    "loyalty_bonuses_to_next_level",
    "bought_something",
    "kids",
    "auto",
)
MOVED_BY_HAND = {Identity.__tablename__, Consent.__tablename__, Member.__tablename__}


def are_one(customer: Customer, other: Customer, *, found_by: str) -> bool:
    """Tell whether nothing speaks against it: no key of the other is different from the customer's.

    The kind by which the other was found does not count: the caller says that both keys are this person's.
    """
    mine = ((kind, customer.main(kind)) for kind in KINDS if kind != found_by)
    return all(key is None or other.main(kind) in {None, key} for kind, key in mine)


def merge(db: Db, customer: Customer, other: Customer) -> None:
    """Move all that the other has to the customer, then delete the other."""
    for name in FILLED:
        if getattr(customer, name) in (None, []):
            setattr(customer, name, getattr(other, name))
    customer.custom_properties = {**other.custom_properties, **customer.custom_properties}
    customer.tags = [*customer.tags, *(tag for tag in other.tags if tag not in customer.tags)]
    customer.created = min(customer.created, other.created)
    db.flush()
    _move_identities(db, customer, other)
    _move_consents(db, customer.id, other.id)
    _move_memberships(db, customer.id, other.id)
    _leave_the_later_reviews(db, customer.id, other.id)
    for column in _other_references():
        db.execute(update(column.table).where(column == other.id).values({column.name: customer.id}))
    gone = other.id
    db.expunge(other)
    db.execute(delete(Customer).where(Customer.id == gone))
    db.refresh(customer, ["identities"])


def _move_identities(db: Db, customer: Customer, other: Customer) -> None:
    for kind in KINDS:
        moved = update(Identity).where(Identity.customer_id == other.id, Identity.kind == kind)
        if customer.main(kind) is None:
            db.execute(moved.values(customer_id=customer.id))
        elif kind in SEVERAL:
            db.execute(moved.values(customer_id=customer.id, is_main=False))


def _move_consents(db: Db, mine: int, theirs: int) -> None:
    both = db.scalars(select(Consent).where(Consent.customer_id.in_((mine, theirs)))).all()
    kept = {(consent.channel, consent.campaign_type): consent for consent in both if consent.customer_id == mine}
    for consent in both:
        if consent.customer_id == mine:
            continue
        if same := kept.get((consent.channel, consent.campaign_type)):
            same.is_on = same.is_on and consent.is_on
        else:
            consent.customer_id = mine
    db.flush()
    db.execute(delete(Consent).where(Consent.customer_id == theirs))


def _move_memberships(db: Db, mine: int, theirs: int) -> None:
    mine_already = select(Member.segment_id).where(Member.customer_id == mine)
    others = update(Member).where(Member.customer_id == theirs, Member.segment_id.not_in(mine_already))
    db.execute(others.values(customer_id=mine))
    db.execute(delete(Member).where(Member.customer_id == theirs))


def _leave_the_later_reviews(db: Db, mine: int, theirs: int) -> None:
    """Let the later of two reviews of the same day replace the earlier, as it does for one customer."""
    both = select(NpsReview).where(NpsReview.customer_id.in_((mine, theirs))).order_by(NpsReview.at, NpsReview.id)
    kept: dict[tuple[int, int, date], NpsReview] = {}
    for review in db.scalars(both):
        about = review.channel_id, review.category_id, review.day
        if earlier := kept.get(about):
            db.delete(earlier)
        kept[about] = review
    db.flush()


def _other_references() -> list[Column[int]]:
    """Find every other column that names a customer: whatever is added later moves along by itself."""
    return [
        key.parent
        for table in Base.metadata.sorted_tables
        if table.name not in MOVED_BY_HAND
        for key in table.foreign_keys
        if key.column.table.name == Customer.__tablename__
    ]
