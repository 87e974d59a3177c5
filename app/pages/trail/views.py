"""The audit trail, one act of it, and the acts around one customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, request
from flask_babel import gettext as _
from sqlalchemy import select

from app.pages.trail import page
from app.pages.trail.forms import Filters, ResolveForm
from app.store import acts, customers, people
from app.store.acts import Act
from app.store.customers import KnownCustomer
from app.store.exchanges import Exchange
from app.store.paging import newest
from app.store.shops import Shop
from app.web.context import desk
from app.web.forms import choices
from app.web.login import me
from app.web.paging_args import page_urls, place, whole_number
from app.web.render import go, render
from app.web.shops import must_be_in, shop_or_none

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

SHOWN_OF_CUSTOMER = 10


@page.get("/")
def index() -> ResponseReturnValue:
    form = Filters(request.args)
    with desk().reading() as db:
        form.person.choices = choices({"": _("Anybody"), **{one.id: one.name for one in people.everyone(db)}})
        customer = customers.by_key(db, request.args.get("customer", ""))
        queries = [
            acts.wanted(
                shop_ids=(shop_id,),
                person_id=form.person.data,
                customer_id=customer.id if customer else None,
                what=(form.what.data or "").strip(),
                outcome=request.args.get("outcome", ""),
            )
            for shop_id in _shops_of_trail()
        ]
        found = newest(db, queries, Act.id, **place())
        names = _shop_names(db)
    filtered = any(request.args.get(name) for name in ("what", "person", "outcome", "customer"))
    return render("trail/index.html", form=form, found=found, filtered=filtered, names=names, customer=customer,
                  **page_urls(found.older, found.newer))  # fmt: skip


def _shops_of_trail() -> tuple[int | None, ...]:
    """The shop in use, and what concerns no shop."""
    here = shop_or_none()
    return (here.id, None) if here else (None,)


def _shop_names(db: Any) -> dict[int, str]:
    return {one.id: one.name for one in db.scalars(select(Shop))}


@page.get("/<int:number>")
def show(number: int) -> ResponseReturnValue:
    return _show(number, ResolveForm(formdata=None))


@page.post("/<int:number>")
def resolve(number: int) -> ResponseReturnValue:
    """Take a person's word for what became of an act whose outcome nobody knew."""
    form = ResolveForm()
    if not form.validate_on_submit():
        return _show(number, form)
    with desk().writing() as db:
        act = db.get(Act, number) or abort(404)
        if act.outcome != "unknown":
            abort(409, _("Somebody has already settled this."))
        act.settled = {"outcome": form.outcome.data, "note": form.note.data, "by": me().name}
        act.outcome = form.outcome.data
    flash(_("Settled. Thank you for looking."), "success")
    return go(".show", number=number)


def _show(number: int, form: ResolveForm) -> ResponseReturnValue:
    with desk().reading() as db:
        act = db.get(Act, whole_number(number) or 0) or abort(404)
        calls = list(db.scalars(select(Exchange).where(Exchange.act_id == act.id).order_by(Exchange.id)))
        customer = db.get(KnownCustomer, act.customer_id) if act.customer_id else None
        names = _shop_names(db)
    if act.shop_id:
        must_be_in(act.shop_id)
    return render("trail/show.html", act=act, calls=calls, customer=customer, names=names, form=form,
                  changes=changes_of(act))  # fmt: skip


def changes_of(act: Act) -> list[tuple[str, Any, Any]]:
    """Put before and after beside each other, field by field."""
    before, after = act.before or {}, act.after or {}
    return [(name, before.get(name), after.get(name)) for name in dict.fromkeys([*before, *after])]


@page.get("/of/<key>")
def of(key: str) -> ResponseReturnValue:
    """What the desk did for one customer; a panel of the profile."""
    with desk().reading() as db:
        customer = customers.by_key(db, key) or abort(404)
        must_be_in(customer.shop_id)
        found = newest(db, acts.wanted(customer_id=customer.id), Act.id, limit=SHOWN_OF_CUSTOMER)
    return render("trail/of.html", customer=customer, found=found)
