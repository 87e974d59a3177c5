"""Net Promoter Score: categories, channels, reviews."""

from __future__ import annotations

from app.engine.answers import Refusal, answers, prepares
from app.engine.store import nps as store
from app.engine.store.customers import Customer, main_contacts
from app.engine.store.db import Db
from app.engine.store.identity import find, found_or_made
from app.engine.store.nps import NpsCategory, NpsReview
from app.engine.store.orders import numbered
from app.liquid import Busy, Unrenderable, render
from app.rees46 import nps
from app.rees46.replies import Done

TEXTS = (
    "promoter_question",
    "passive_question",
    "detractor_question",
    "promoter_success",
    "passive_success",
    "detractor_success",
)


@prepares
def personal_texts(db: Db, op: nps.Categories) -> dict[str, str]:
    """Render the texts of all categories with the customer's name, before the transaction begins."""
    who = {name: value for name in ("email", "phone", "did") if (value := getattr(op, name))}
    customer = find(db, who) if who else None
    names = {"first_name": customer.first_name, "last_name": customer.last_name} if customer else {}
    texts = {
        f"{category.code}.{name}": text
        for category in store.active_categories(db)
        for name in TEXTS
        if (text := getattr(category, name))
    }
    try:
        return render(texts, {name: value or "" for name, value in names.items()}).texts
    except (Busy, Unrenderable):
        return texts


@answers
def categories(db: Db, op: nps.Categories) -> list[nps.Category]:  # personal_texts reads the call
    """List the active categories."""
    return [_category(category, db.at.prepared) for category in store.active_categories(db)]


def _category(category: NpsCategory, texts: dict[str, str]) -> nps.Category:
    said = {name: texts.get(f"{category.code}.{name}") for name in TEXTS}
    return nps.Category(id=category.id, code=category.code, name=category.name, **said)


@answers
def channels(db: Db, op: nps.Channels) -> list[nps.Channel]:  # it asks for nothing
    """List the channels."""
    return [nps.Channel(id=channel.id, code=channel.code, name=channel.name) for channel in store.channels(db)]


@answers
def reviews(db: Db, op: nps.Reviews) -> list[nps.Review]:
    """List published reviews, newest first."""
    found = store.published(
        db, first=op.date_from, last=op.date_to, channel=op.channel, category=op.category, number=nps.MOST
    )
    is_newest = db.at.settings.box_shapes == "newest"
    contacts = main_contacts(db, {one.customer_id for one, _channel, _category in found}) if is_newest else {}
    return [
        nps.Review(
            id=one.id,
            channel=channel,
            category=category,
            rate=one.rate,
            comment=one.comment,
            client_id=one.customer_id,
            created_at=one.at.isoformat(timespec="milliseconds") + "Z" if is_newest else None,
            **contacts.get(one.customer_id, {}),
        )
        for one, channel, category in found
    ]


@answers
def create(db: Db, op: nps.Create) -> Done:
    """Save a review, or change the one of the same customer, channel, category and day."""
    channel, category = store.channel_of(db, op.channel), store.category_of(db, op.category)
    if channel is None:
        raise Refusal(400, "channel: there is no such channel")
    if category is None:
        raise Refusal(400, "category: there is no such category")
    customer = _reviewer(db, op)
    today = db.now.date()
    kept = store.review_of(db, customer.id, channel.id, category.id, today)
    if kept is None:
        kept = NpsReview(
            shop_id=db.shop.id, customer_id=customer.id, channel_id=channel.id, category_id=category.id, day=today
        )
        db.add(kept)
    kept.at, kept.rate = db.now, op.rate
    kept.comment, kept.order_id = op.comment or kept.comment, op.order_id or kept.order_id
    return Done()


def _reviewer(db: Db, op: nps.Create) -> Customer:
    """Find or make who reviews; an order alone names its customer."""
    who = {name: value for name, value in op.who().items() if name != "order_id"}
    if who:
        return found_or_made(db, who)
    order = numbered(db, [op.order_id or ""]).get(op.order_id or "")
    customer = db.get(Customer, order.customer_id) if order and order.customer_id else None
    if customer is None:
        raise Refusal(400, "order_id: there is no such order, or nobody is known to have placed it")
    return customer
