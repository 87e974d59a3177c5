"""Steps of a story, what is expected of them, what was seen and how it came out, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app.pages.benches.triggers.plots import (
    AGAIN,
    CHANGE,
    EMPTY,
    GONE,
    KINDS,
    LEAVE,
    MESSAGE,
    NOT_MET,
    PRICE,
    SUBSCRIBE,
    SUPPRESS,
)
from app.pages.benches.triggers.standing import name_of
from app.store.trigger_stories import RESTORE
from app.web.filters import money

if TYPE_CHECKING:
    from app.store.trigger_stories import TriggerStory, Verdict


def title_of(story: TriggerStory) -> str:
    """Name a story: what is waited for, and the product."""
    return f"{KINDS[story.kind]}: {story.item.get('name') or story.item_id}"


def step_words(story: TriggerStory, name: str) -> str:
    words = {
        EMPTY: _("It goes out of stock"),
        SUBSCRIBE: _("They begin to wait"),
        LEAVE: _("They unsubscribe"),
        SUPPRESS: _("Their address is suppressed"),
        CHANGE: _change_words(story),
        AGAIN: _("The same import once more"),
        MESSAGE: _("The message"),
        GONE: _("The subscription"),
        RESTORE: _("The product is put back"),
    }
    return words[name]


def _change_words(story: TriggerStory) -> str:
    if story.kind == PRICE:
        return _("The price rises") if story.plot == NOT_MET else _("The price falls")
    return _("It is imported again, still out of stock") if story.plot == NOT_MET else _("It is back in stock")


def button_words(story: TriggerStory, name: str) -> str:
    """Name what somebody does by a step."""
    words = {
        EMPTY: _("Take it out of stock"),
        SUBSCRIBE: _("Let them wait"),
        LEAVE: _("Unsubscribe them"),
        SUPPRESS: _("Suppress the address"),
        CHANGE: _change_button(story),
        AGAIN: _("Import the same again"),
        RESTORE: _("Put the product back"),
    }
    return words[name]


def _change_button(story: TriggerStory) -> str:
    if story.kind == PRICE:
        return _("Raise the price") if story.plot == NOT_MET else _("Lower the price")
    return _("Import it again, out of stock") if story.plot == NOT_MET else _("Put it into stock")


def expected_words(story: TriggerStory, name: str, expected: dict[str, Any]) -> str:
    if not expected:
        return ""
    if "waits" in expected:
        return _("They wait") if expected["waits"] else _("They do not wait")
    if "email" in expected:
        return _("No e-mail may go to it")
    if name == MESSAGE:
        return _messages_expected(expected)
    if "below" in expected:
        return _("In stock for less than %(price)s", price=_price(story, expected["below"]))
    return _product(story, expected)


def _messages_expected(expected: dict[str, Any]) -> str:
    if not expected["messages"]:
        return _("No message")
    ways = ", ".join(map(name_of, expected["over"]))
    words = _("One message, over: %(ways)s", ways=ways) if ways else _("One message")
    return words if not expected["never"] else _("%(words)s; none by e-mail", words=words)


def seen_words(story: TriggerStory, name: str, seen: dict[str, Any]) -> str:
    if not seen:
        return ""
    if trouble := _trouble(seen):
        return trouble
    if "waits" in seen:
        answers = {True: _("They wait"), False: _("They do not wait"), None: _("REES46 does not tell")}
        return answers[seen["waits"]]
    if "email" in seen:
        return _("No e-mail may go to it") if seen["email"] == "no" else _("E-mails may go to it")
    return _messages_seen(seen) if name == MESSAGE else _product(story, seen)


def _trouble(seen: dict[str, Any]) -> str:
    if "live" in seen:
        return _("This shop is live: its catalogue is not touched from here.")
    if "refused" in seen:
        return _("REES46 refused: %(words)s", words=seen["refused"])
    return _("REES46 knows no such product any more.") if "gone" in seen else ""


def _messages_seen(seen: dict[str, Any]) -> str:
    if seen["messages"] is None:
        return _("REES46 does not tell")
    after = _("%(num)s s after the change", num=seen["after"])
    if not seen["messages"]:
        return _("No message, %(after)s", after=after)
    number = ngettext("%(num)s message", "%(num)s messages", seen["messages"])
    told = "; ".join(f"{name_of(way)}: {words}" for way, words in zip(seen["over"], seen["words"], strict=False))
    return f"{number} ({told})"


def _product(story: TriggerStory, told: dict[str, Any]) -> str:
    stock = {True: _("in stock"), False: _("not in stock")}.get(told.get("available", ""), "")
    price = _price(story, told["price"]) if told.get("price") is not None else ""
    return ", ".join(part for part in (price, stock) if part)


def _price(story: TriggerStory, price: float) -> str:
    return money(price, story.item.get("currency") or "")


def verdict_words(verdict: Verdict) -> str:
    words = {
        "right": _("right"),
        "wrong": _("wrong"),
        "lost": _("not told"),
        "skipped": _("skipped"),
    }
    return words[verdict]
