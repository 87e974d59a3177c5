"""Doing a step of a story: its call is written down before it is sent, and never touches a live shop's catalogue."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from app.pages.benches.triggers.items import cheaper, dearer, priced
from app.pages.benches.triggers.plots import (
    CATALOGUE,
    EMPTY,
    LEAVE,
    NOT_MET,
    PRICE,
    SUBSCRIBE,
    SUPPRESS,
)
from app.rees46 import imports, products, triggers
from app.rees46.errors import Rees46Error, Refused, TooMany
from app.store import trigger_stories as store
from app.store.base import now
from app.store.trigger_stories import RESTORE, Taken, TriggerStep, TriggerStory
from app.web.context import desk
from app.web.rees46 import About, act
from app.web.shops import shop

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.rees46.operation import Operation
    from app.store.customers import KnownCustomer
    from app.web.rees46 import Ended


class OnLiveShop(Exception):
    """A step would import a product of a live shop."""


def refuse_on_live(step: TriggerStep) -> None:
    """Hold every such step to it at the very place where it would be sent."""
    if step.name in CATALOGUE and shop().kind != "test":
        raise OnLiveShop


def do(story: TriggerStory, step: TriggerStep, customer: KnownCustomer) -> str | None:
    """Do a step once; says why REES46 refused it. One that was sent by a worker that died is not sent again."""
    refuse_on_live(step)
    about = About(
        customer=customer,
        reason=story.reason,
        after={"story": story.key, "step": step.place + 1},
        asked=_summary(story, step),
        begun=lambda db, row: store.take(db, step.id, row.id),
        ended=partial(_ended, step=step),
    )
    try:
        if step.name == RESTORE and not story.before.get("waited"):
            act(stop_waiting(story, customer), About(customer=customer, reason=story.reason))
        act(call_of(story, step, customer), about)
    except Taken:
        pass
    except TooMany:  # it is not its turn yet, and nothing was sent
        raise
    except Refused as refused:
        return refused.message or _("REES46 refused it.")
    except Rees46Error as error:
        if error.changed == "no":
            raise
    look_from_now(step)
    return None


def look_from_now(step: TriggerStep) -> None:
    """Note since when its outcome is looked for."""
    with desk().writing() as db:
        row = db.get_one(TriggerStep, step.id)
        if row.state == "waiting":
            row.state, row.looked = "looking", now()


def _ended(db: Session, ended: Ended, *, step: TriggerStep) -> None:
    if ended.state == "failed":
        store.let_go(db, step.id)


def _summary(story: TriggerStory, step: TriggerStep) -> dict[str, Any] | None:
    """What the trail keeps of an import: which product becomes what."""
    if step.name not in CATALOGUE:
        return None
    item = {"item": story.item_id}
    return item if step.name == EMPTY else item | {name: new_item(story, step)[name] for name in ("price", "available")}


def call_of(story: TriggerStory, step: TriggerStep, customer: KnownCustomer) -> Operation[Any]:
    """Make the call of a step."""
    who = customer.identity
    if step.name == SUBSCRIBE and story.kind == PRICE:
        return triggers.SubscribeToPriceDrop.from_form(
            {**who, "item": story.item_id, "price": float(story.item["price"])}
        )
    if step.name == SUBSCRIBE:
        return triggers.SubscribeToBackInStock.from_form({**who, "item": story.item_id})
    if step.name == LEAVE:
        return stop_waiting(story, customer)
    if step.name == SUPPRESS:
        return imports.Suppressed(audience=[{"email": customer.value}])
    if step.name == EMPTY:
        return products.Remove(items=[story.item_id])
    return products.Put(items=[new_item(story, step)])


def stop_waiting(story: TriggerStory, customer: KnownCustomer) -> Operation[Any]:
    stop = triggers.UnsubscribeFromPriceDrop if story.kind == PRICE else triggers.UnsubscribeFromBackInStock
    return stop.from_form({**customer.identity, "item_ids": [story.item_id]})


def new_item(story: TriggerStory, step: TriggerStep) -> dict[str, Any]:
    """Say what the product becomes by a step."""
    item, price = dict(story.item), float(story.item["price"])
    if step.name == RESTORE:
        return item
    if story.kind == PRICE:
        return priced(item, dearer(price) if story.plot == NOT_MET else cheaper(price)) | {"available": True}
    return item | {"available": story.plot != NOT_MET}
