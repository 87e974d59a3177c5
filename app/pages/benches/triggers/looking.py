"""Looking at what became of a step: what is expected, what is seen, and when there is nothing more to wait for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from flask import current_app

from app.pages.benches.triggers.doing import new_item
from app.pages.benches.triggers.plots import (
    AGAIN,
    CHANGE,
    EMPTY,
    LEAVE,
    LEFT,
    MESSAGE,
    PRICE,
    SUBSCRIBE,
    SUPPRESS,
    SUPPRESSED,
    TWICE,
    is_told,
)
from app.pages.benches.triggers.standing import ways_to
from app.rees46 import notifications
from app.store.base import now
from app.store.trigger_stories import RESTORE
from app.web.catalogue import read_product
from app.web.customers.waiting import is_waiting
from app.web.panels.offered import NotOffered, ask_if_offered
from app.web.rees46 import address_of
from app.web.shops import shop

if TYPE_CHECKING:
    from app.rees46.notifications import Notification
    from app.store.customers import KnownCustomer
    from app.store.trigger_stories import TriggerStep, TriggerStory, Verdict

PATIENCE = timedelta(minutes=10)  # after which what has not come counts as not coming
LIVE_PATIENCE = timedelta(days=7)  # a live shop changes the product when it likes
QUIET_BOX, QUIET = timedelta(seconds=5), timedelta(minutes=2)  # in which what does not come is not due
Look = tuple[dict[str, Any], "Verdict | None"]
PRODUCT_STEPS = {EMPTY, CHANGE, AGAIN, RESTORE}


def expected_of(story: TriggerStory, step: TriggerStep, customer: KnownCustomer) -> dict[str, Any]:
    """Say what shall be seen. What reaches them is asked before the product changes."""
    if step.name in PRODUCT_STEPS:
        return _product_expected(story, step)
    if step.name in {SUBSCRIBE, LEAVE}:
        return {"waits": step.name == SUBSCRIBE}
    if step.name == SUPPRESS:
        return {"email": "no"}
    ways = {way.channel: way.answer for way in ways_to(customer)}
    comes = is_told(story.plot) and any(answer != "no" for answer in ways.values())
    if step.name == MESSAGE:
        never = ["email"] if story.plot == SUPPRESSED else []
        over = [name for name, answer in ways.items() if answer != "no"]
        return {"messages": int(comes), "over": over if comes else [], "never": never}
    return {"waits": not comes and story.plot != LEFT}


def _product_expected(story: TriggerStory, step: TriggerStep) -> dict[str, Any]:
    if shop().kind != "test":
        return {"below": story.item["price"]} if story.kind == PRICE else {"available": True}
    if step.name == EMPTY:
        return {"available": False}
    item = new_item(story, step)
    return {"price": item["price"], "available": item.get("available", True)}


def look_at(story: TriggerStory, step: TriggerStep, customer: KnownCustomer) -> Look:
    """Say what REES46 says now; without a verdict it is looked at again."""
    if step.name in PRODUCT_STEPS:
        return _product(story, step)
    if step.name == MESSAGE:
        return _messages(story, step, customer)
    if step.name == SUPPRESS:
        ways = {way.channel: way.answer for way in ways_to(customer)}
        return {"email": ways.get("email", "unknown")}, "right" if ways.get("email") == "no" else _in_time(step)
    waits = is_waiting(customer, story.kind, story.item_id)
    seen = {"waits": waits}
    if waits is None:
        return seen, "lost"
    return seen, "right" if seen == step.expected else _in_time(step)


def _in_time(step: TriggerStep, patience: timedelta = PATIENCE) -> Verdict | None:
    return "wrong" if now() - (step.looked or now()) > patience else None


def _product(story: TriggerStory, step: TriggerStep) -> Look:
    product = read_product(story.item_id)
    if product is None:
        return {"gone": True}, "wrong"
    seen = {"price": product.price, "available": product.is_available}
    wanted = step.expected
    fits = all(seen[name] == wanted[name] for name in ("price", "available") if name in wanted)
    if "below" in wanted:
        fits = product.is_available is not False and (product.price or wanted["below"]) < wanted["below"]
    return seen, "right" if fits else _in_time(step, PATIENCE if shop().kind == "test" else LIVE_PATIENCE)


def _messages(story: TriggerStory, step: TriggerStep, customer: KnownCustomer) -> Look:
    """Find what was sent since the story began and names the product."""
    try:
        sent = messages_of(customer)
    except NotOffered:
        return {"messages": None}, "lost"
    mine = [one for one in sent if one.code not in story.before.get("codes", []) and _is_about(one, story)]
    seen = {
        "messages": len(mine),
        "over": [one.channel or "" for one in mine],
        "words": [(one.subject or (one.body or "")[:160]) for one in mine],
        "after": _seconds_since_change(story),
    }
    return seen, _judge_messages(seen, step, story)


def messages_of(customer: KnownCustomer) -> list[Notification]:
    """List the messages of triggers that they got since yesterday."""
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    asked = {**customer.identity, "type": ["chain"], "date_from": yesterday, "limit": notifications.MOST}
    return ask_if_offered(notifications.List.from_form(asked))


def _is_about(one: Notification, story: TriggerStory) -> bool:
    """Whether a message names the product; one that tells nothing of itself may be it."""
    told = " ".join(text for text in (one.subject, one.body, one.url) if text)
    names = [str(story.item.get(name)) for name in ("name", "url", "id") if story.item.get(name)]
    return not told or any(name in told for name in names)


def _seconds_since_change(story: TriggerStory) -> int:
    changed = [step.ended for step in story.steps if step.name in {CHANGE, AGAIN} and step.ended]
    return int((now() - max(changed)).total_seconds()) if changed else 0


def _judge_messages(seen: dict[str, Any], step: TriggerStep, story: TriggerStory) -> Verdict | None:
    wanted = cast("int", step.expected["messages"])
    if seen["messages"] > wanted or set(seen["over"]) & set(step.expected["never"]):
        return "wrong"
    if seen["messages"] < wanted:
        return _in_time(step, PATIENCE)
    if not set(seen["over"]) <= set(step.expected["over"]):
        return "wrong"
    is_settled = (wanted > 0 and story.plot != TWICE) or timedelta(seconds=seen["after"]) >= quiet()
    return "right" if is_settled else None


def quiet() -> timedelta:
    """How long nothing may come before nothing is taken to come: the box tells at once, REES46 takes its time."""
    is_box = address_of(shop()) == str(current_app.extensions["box_url"])
    return QUIET_BOX if is_box else QUIET
