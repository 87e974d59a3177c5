"""The page of a customer: all that pages have to say of them, read side by side and put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from sqlalchemy.exc import DBAPIError
from structlog import get_logger

from app.database import trouble_of
from app.pages.customers import page, placed
from app.store import customers
from app.store.budgets import Kind
from app.store.erasing import ERASED
from app.web.calls.recorder import forget_written, write_with
from app.web.context import desk, if_there_is_room
from app.web.customer_page.contributions import KINDS
from app.web.customer_page.gathering import gather
from app.web.customer_page.openings import open_page
from app.web.customer_page.timeline import Narrowed, timeline_of
from app.web.customers.keys import customer_or_404, name_of, telling
from app.web.customers.lookup import read_profile
from app.web.customers.traces import note_seen
from app.web.error_words import in_words
from app.web.page import EVERYONE, needs
from app.web.panels.standing import read_or
from app.web.render import go, render
from app.web.safeguards.budgets import spend
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

    from app.store.customers import KnownCustomer
    from app.web.customer_page.gathering import Gathered
    from app.web.customer_page.opening import Opening


@page.get("/<key>")
def show(key: str) -> ResponseReturnValue:
    customer = customer_or_404(key)
    if customer.kind == ERASED:
        return render("customers/erased.html", 410, customer=customer)
    return _page(customer, request.args)


@page.post("/<key>/timeline")
@needs(EVERYONE)
def timeline(key: str) -> ResponseReturnValue:
    """Narrow the timeline; what is looked for may be personal, so it does not stand in an address."""
    return _page(customer_or_404(key), request.form)


def _page(customer: KnownCustomer, said: Mapping[str, str]) -> ResponseReturnValue:
    opening = open_page(customer, said.get("opening", ""))
    gathered = gather(opening)
    here = _opened(opening)
    opening.answered()
    if here.id != customer.id:
        return go(".show", key=here.key)
    if opening.is_profile_read and opening.profile is None and opening.failure is None:
        return render("customers/gone.html", 404, customer=here, told=gathered)
    return _shown(here, opening, gathered, Narrowed.by(said))


def _shown(here: KnownCustomer, opening: Opening, gathered: Gathered, wanted: Narrowed) -> Response:
    failure = opening.failure if opening.is_profile_read else None
    return render(
        "customers/show.html",
        200,
        customer=here,
        profile=opening.profile if opening.is_profile_read else None,
        failure=in_words(failure) if failure else None,
        told=gathered,
        timeline=timeline_of(gathered.events, wanted),
        opening=opening,
        timeline_kinds=KINDS,
    )


def _opened(opening: Opening) -> KnownCustomer:
    """Remember what was read, in one transaction; the key moves along to the most telling identifier."""
    here = [opening.customer]
    try:
        with if_there_is_room():
            with desk().writing() as db:
                moved = _visited(db, opening)
                for write in opening.writes:
                    write(db)
                write_with(db)
            forget_written()
            here.append(moved)
    except DBAPIError as error:  # a page that was read is shown, whatever becomes of what it leaves behind
        if trouble_of(error) != "busy":
            raise
        get_logger().warning("an opening was not remembered")
        return opening.customer
    finally:
        opening.writes = []
    return here[-1]


def _visited(db: Session, opening: Opening) -> KnownCustomer:
    """Put the customer at the top of the person's recent ones."""
    customer, profile = opening.customer, opening.profile if opening.is_profile_read else None
    if profile is None:
        return customer
    moved = customers.move(db, customer, *telling(profile, **customer.identity))
    moved.name = name_of(profile)[: customers.LONGEST] or moved.name
    if customers.visit(db, me().id, moved):
        spend(db, Kind.PROFILES, 1)
    note_seen(db, moved, profile)
    return moved


@page.get("/<key>/orders")
def orders(key: str) -> ResponseReturnValue:
    """All orders, with what REES46 tells of each; those of the profile where it tells no more."""
    customer = customer_or_404(key)
    told, error = read_or(lambda: placed.placed_by(customer), None)
    if told is not None:
        return render("customers/placed.html", customer=customer, orders=told, placed=placed)
    profile = read_profile(customer.identity)
    if profile is None:
        return render("customers/gone.html", 404, customer=customer, told=None)
    return render("customers/orders.html", customer=customer, profile=profile, error=error)
