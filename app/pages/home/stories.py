"""Customers of the demo shop to begin with, each with a story: whoever is new here can name nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_gettext as _l

from app.web.context import settings

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

    from app.store.shops import Shop

DEMO = "demo"  # the shop_id of the demo shop, in the box


@dataclass(frozen=True)
class Story:
    """A customer: what is typed to find them, and what there is to see."""

    typed: str
    title: LazyString
    told: LazyString


STORIES = (
    Story(
        "anna.kowalska@example.com",
        _l("Anna, a customer of four years"),
        _l("An order on its way, calls and chats, two phones, a loyalty card"),
    ),
    Story(
        "447700900103",
        _l("Bruno, whose address bounced"),
        _l("REES46 took the address away; his page says why no e-mail reaches him"),
    ),
    Story(
        "anna.kowalska@example.com 79990000002",
        _l("An e-mail and a phone of two people"),
        _l("The e-mail is Anna's, the number is Vera's: who is calling?"),
    ),
    Story(
        "olaf.orders@example.com",
        _l("Olaf, who ordered 500 times"),
        _l("What a page looks like when there is a lot of everything"),
    ),
    Story(
        "uma.unsubscribed@example.com",
        _l("Uma, who unsubscribed"),
        _l("No e-mail any more, but SMS: and the page says why"),
    ),
    Story(
        "CARD-ONLY-1",
        _l("Carl, known by his loyalty card alone"),
        _l("No contact at all, and nothing breaks"),
    ),
)


def stories_of(shop: Shop) -> tuple[Story, ...]:
    """Give the stories, in the demo shop of the box."""
    boxed = settings().in_a_box and not shop.api_url
    return STORIES if boxed and shop.shop_id == DEMO and shop.kind == "test" else ()
