"""The orders of a customer: on the timeline, among the figures and at the side, each with what was in it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.pages.customers import page, placed
from app.pages.customers.customer.met_orders import remember
from app.rees46.errors import Rees46Error
from app.rees46.orders import ByUser
from app.rees46.placed_orders import Placed
from app.web.customer_page.contributions import Contribution, Event, Fact, Side
from app.web.customer_page.sources import contributes
from app.web.error_words import in_words
from app.web.filters import money, number
from app.web.panels.offered import is_not_offered

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.rees46.profile import Order
    from app.web.customer_page.opening import Opening

FEW, FEW_LINES = 6, 8
CAPPED = 100  # orders that REES46 lists


@contributes(page, title=_l("Orders"), asks=lambda who: [ByUser.from_form(who.identity_for(ByUser))], is_first=True)
def orders(who: Opening, _db: Session) -> Contribution:
    """Tell the orders with their dates; those of the profile where REES46 lists none."""
    listed, gaps = _listed(who)
    of_profile = who.profile.orders if who.profile else None
    told = Contribution(gaps=gaps)
    if listed is None and of_profile is None:
        if not gaps:
            told.limits.append(_("Orders: REES46 did not say whether there are any."))
        return told
    found: list[Any] = list(listed or of_profile or ())
    total = max(len(found), len(of_profile or ()))
    many = _("%(number)s or more", number=CAPPED) if total == CAPPED and listed is not None else number(total)
    if listed:
        remember(who, listed)
    told.events = [_event(who, order) for order in listed or ()]
    told.facts = _facts(listed, of_profile, many)
    told.sides = [_side(who, found, many)] if found else []
    if listed is not None and len(listed) >= CAPPED:
        told.limits.append(_("Orders: REES46 lists the last %(number)s with their dates.", number=CAPPED))
    elif listed is None:
        told.limits.append(_("Orders: the profile names them without dates."))
    return told


def _listed(who: Opening) -> tuple[list[Placed] | None, list[str]]:
    try:
        return placed.newest_first(who.reply(ByUser)), []
    except Rees46Error as error:
        if is_not_offered(error):
            return None, []
        return None, [_("%(source)s: %(happened)s", source=_("Orders"), happened=in_words(error)["happened"])]


def date_of(order: Placed) -> datetime | None:
    """Read when it was placed: UTC."""
    try:
        return datetime.fromisoformat(order.date or "").replace(tzinfo=None)
    except ValueError:
        return None


def _event(who: Opening, order: Placed) -> Event:
    pieces = sum(line.amount or 1 for line in order.items or ())
    names = [line.item.name or line.item.id for line in (order.items or ())[:3]]
    more = len(order.items or ()) - len(names)
    what = ngettext("%(num)s piece", "%(num)s pieces", pieces)
    return Event(
        "orders",
        icon="shopping-bag",
        title=_("Order %(number)s, %(sum)s", number=order.id, sum=money(order.value)),
        at=date_of(order),
        said_at=order.date or "",
        source=_("REES46 orders"),
        badges=[(order.order_status, "neutral")] if order.order_status else [],
        notes=[_("%(what)s: %(names)s", what=what, names=", ".join(names)) + (" …" if more > 0 else "")]
        if names
        else [],
        url=url_for("customers.orders", key=who.customer.key),
    )


def _facts(listed: list[Placed] | None, of_profile: list[Order] | None, many: str) -> list[Fact]:
    sums = [order.value for order in of_profile or listed or ()]
    total = sum(value for value in sums if value is not None)
    whole = bool(sums) and None not in sums
    facts = [Fact(_("Orders"), many, _("%(sum)s in all", sum=money(total)) if whole else "", place=20)]
    if listed and (at := date_of(listed[0])):
        note = ", ".join(filter(None, (listed[0].id, listed[0].order_status)))
        facts.append(Fact(_("Last order"), "", note, url="#orders", at=at, place=10))
    elif of_profile:
        note = ", ".join(filter(None, (of_profile[0].id, of_profile[0].status)))
        facts.append(Fact(_("Last order"), _("day not told"), note, url="#orders", place=10))
    elif not sums:
        facts.append(Fact(_("Last order"), _("never"), place=10))
    return facts


def _side(who: Opening, found: list[Any], many: str) -> Side:
    lines = [_line(order) for order in found[:FEW]]
    context = {
        "orders": lines,
        "all": len(found) > FEW or lines,
        "many": many,
        "key": who.customer.key,
        "few": FEW_LINES,
    }
    return Side("orders", _("Orders"), "customers/_orders.html", context, count=many, place=10)


def _line(order: Placed | Order) -> dict[str, Any]:
    """Put the two shapes in which REES46 tells of orders into one."""
    if isinstance(order, Placed):
        bought = [placed.piece_of(line) for line in order.items or ()]
        known = {"status": order.order_status, "at": date_of(order), "items": bought}
        return {"id": order.id, "value": order.value, **known}
    items = [placed.Piece(line.name or line.id, line.quantity, line.price) for line in order.items or ()]
    return {"id": order.id, "status": order.status, "at": None, "value": order.value, "items": items}
