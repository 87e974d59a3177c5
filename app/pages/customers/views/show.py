"""The profile: who it is at once, and the panels of all pages that have something to say about a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import current_app, url_for

from app.pages.customers import page, placed
from app.pages.customers.reach import channels
from app.rees46.errors import Rees46Error
from app.store import customers
from app.web.context import desk, if_there_is_room
from app.web.customers.keys import customer_or_404, name_of, telling
from app.web.customers.lookup import read_profile
from app.web.customers.reach import reach_with
from app.web.customers.traces import note_seen
from app.web.error_words import in_words
from app.web.page import Page
from app.web.panels.standing import read_or
from app.web.render import go, render
from app.web.sign_in.access import may
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.pages.customers.reach import Channel
    from app.rees46.profile import Profile
    from app.store.customers import KnownCustomer

# What support wants to see first; a page that is not named here comes after.
FIRST = ("subscriptions", "segments", "communications", "notifications", "loyalty", "messages", "promo_codes", "trail")
FEW_ORDERS = 8


@page.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    customer = customer_or_404(key)
    try:
        profile = read_profile(customer.identity)
    except Rees46Error as error:
        return render("customers/failed.html", customer=customer, failure=in_words(error), panels=_panels(customer))
    if profile is None:
        return render("customers/gone.html", 404, customer=customer)
    here = _opened(customer, profile)
    if here.id != customer.id:
        return go(".show", key=here.key)
    return render(
        "customers/show.html", customer=here, profile=profile, channels=_channels(here, profile), panels=_panels(here),
        few=FEW_ORDERS,
    )  # fmt: skip


@page.get("/<key>/orders")
def orders(key: str) -> ResponseReturnValue:
    """All orders, with what REES46 tells of each; those of the profile where it tells no more."""
    customer = customer_or_404(key)
    told, error = read_or(lambda: placed.placed_by(customer), None)
    if told is not None:
        return render("customers/placed.html", customer=customer, orders=told, placed=placed)
    profile = read_profile(customer.identity)
    if profile is None:
        return render("customers/gone.html", 404, customer=customer)
    return render("customers/orders.html", customer=customer, profile=profile, error=error)


def _opened(customer: KnownCustomer, profile: Profile) -> KnownCustomer:
    """Put the customer at the top of the person's recent ones; the key moves along to the most telling identifier."""
    here = [customer]
    with if_there_is_room():
        with desk().writing() as db:
            moved = customers.move(db, customer, *telling(profile, **customer.identity))
            moved.name = name_of(profile)[: customers.LONGEST] or moved.name
            customers.visit(db, me().id, moved)
            note_seen(db, moved, profile)
        here.append(moved)
    return here[-1]


def _channels(customer: KnownCustomer, profile: Profile) -> list[Channel] | None:
    """Say how they can be reached; None when REES46 did not say."""
    try:
        return channels(reach_with(customer, profile, {}))
    except Rees46Error:
        return None


def _panels(customer: KnownCustomer) -> list[tuple[Page, str]]:
    """Every page with a view `of` has a panel here, for those who may see it."""
    pages = [one for one in current_app.blueprints.values() if isinstance(one, Page)]
    shown = [one for one in pages if f"{one.name}.of" in current_app.view_functions and may(f"{one.name}.of", "GET")]
    shown.sort(key=lambda one: (FIRST.index(one.name) if one.name in FIRST else len(FIRST), one.place))
    return [(one, url_for(f"{one.name}.of", key=customer.key)) for one in shown]
