"""The audit trail, one act of it, and the acts around one customer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_

from app.pages.trail import page
from app.pages.trail.columns import columns, part_columns
from app.pages.trail.forms import ListFilters, PartsFilters, ResolveForm
from app.pages.trail.lines import as_json_lines
from app.store import acts, approvals, customers, outbox, trail_check
from app.store.acts import Act
from app.store.customers import KnownCustomer
from app.store.paging import newest
from app.web.acts.settling import act_or_404, calls_of, settle_act
from app.web.context import desk, settings
from app.web.customers.columns import named
from app.web.customers.keys import customer_or_404
from app.web.loaders import domains_of_desk, load
from app.web.page import ADMINS, STAFF, needs
from app.web.remembered import everyone
from app.web.render import go, render
from app.web.shops import all_shops, shop
from app.web.sign_in.login import me
from app.web.tables.listing import Listing, Narrowed, list_page
from app.work.bulk import SOURCES, Source

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy import Select
    from sqlalchemy.orm import Session

SHOWN_OF_CUSTOMER = 10
MOST_LINES = 100_000


@page.get("/")
def index() -> ResponseReturnValue:
    form, of_customer = ListFilters(), load(KnownCustomer, key=request.args.get("customer", ""))
    return list_page("trail/index.html", lambda db, at: _listing(db, form, of_customer, at))


def _listing(db: Session, form: ListFilters, customer: KnownCustomer | None, at: dict[str, Any]) -> Listing[Act]:
    form.offer({one.id: one.name for one in everyone()})
    found = newest(db, _queries(form, customer), Act.id, **at)
    shown = columns(
        customers.by_ids(db, {act.customer_id for act in found.rows if act.customer_id}),
        outbox.of_acts(db, [act.id for act in found.rows]),
        _shop_names(),
    )
    narrowed = [Narrowed("customer", customer.key, named(customer))] if customer else []
    return Listing(_("Audit trail"), shown, found, form, file="audit-trail", narrowed=narrowed)


def everybody(db: Session, most: int) -> list[int]:
    """Whom the acts concern that the filters of the list show."""
    form, customer = ListFilters(request.args), load(KnownCustomer, key=request.args.get("customer", ""))
    form.offer({one.id: one.name for one in everyone()})
    ids: dict[int, None] = {}
    for query in _queries(form, customer):
        whose = query.with_only_columns(Act.customer_id).where(Act.customer_id.is_not(None)).order_by(None).distinct()
        ids |= dict.fromkeys(db.scalars(whose.limit(most)))
    return list(ids)[:most]


SOURCES["trail"] = Source(_l("Audit trail"), "trail.index", STAFF, everybody)


@page.get("/lines")
def lines() -> ResponseReturnValue:
    """What the list shows, as lines of JSON for programs."""
    form, customer = ListFilters(request.args), load(KnownCustomer, key=request.args.get("customer", ""))
    with desk().reading() as db:
        form.offer({one.id: one.name for one in everyone()})
        found = newest(db, _queries(form, customer), Act.id, limit=MOST_LINES)
    return as_json_lines(found.rows)


@page.get("/seals")
@needs(ADMINS)
def seals() -> ResponseReturnValue:
    return render("trail/seals.html", report=None, is_long=False)


@page.post("/seals")
@needs(ADMINS)
def check_seals() -> ResponseReturnValue:
    """Hold the trail against its seals; a long one is checked by the command."""
    with desk().reading() as db:
        if trail_check.is_long(db):
            return render("trail/seals.html", 422, report=None, is_long=True)
        report = trail_check.check(db, settings().key, settings().var)
    return render("trail/seals.html", report=report, is_long=False, most=trail_check.MOST_TOLD)


def _queries(form: ListFilters, customer: KnownCustomer | None) -> list[Select[Act]]:
    """Give the acts of this shop, and those that concern none, as far as this person may see them."""
    here, desk_wide = _wanted(form, shop().id, customer), _wanted(form, None, customer)
    if not me().may(ADMINS):
        of_desk = or_(*(Act.what.startswith(f"{domain}.", autoescape=True) for domain in domains_of_desk()))
        desk_wide = desk_wide.where(or_(Act.person_id == me().id, ~of_desk))
    return [query for wanted in (here, desk_wide) for query in acts.by_state(wanted, form.outcome.data or "")]


def _wanted(form: ListFilters, shop_id: int | None, customer: KnownCustomer | None) -> Select[Act]:
    """Of long work its one act stands for the parts, unless somebody looks for a customer, an act, or what is open."""
    customer_id, what = (customer.id if customer else None), (form.what.data or "").strip()
    return acts.wanted(
        shop_ids=(shop_id,),
        person_id=form.person.data,
        customer_id=customer_id,
        what=what,
        with_parts=bool(customer or what or form.outcome.data == "unknown"),
        between=form.between(),
    )


def _shop_names() -> dict[int, str]:
    return {all_shop.id: all_shop.name for all_shop in all_shops()}


@page.get("/<int:number>")
def show(number: int) -> ResponseReturnValue:
    return _show(act_or_404(number), ResolveForm(formdata=None))


@page.post("/<int:number>")
def resolve(number: int) -> ResponseReturnValue:
    """Take a person's word for what became of an act whose outcome nobody knew."""
    act, form = act_or_404(number), ResolveForm()
    if not form.validate_on_submit():
        return _show(act, form)
    settle_act(act, form.outcome.data, form.note.data or "")
    flash(_("Settled. Thank you for looking."), "success")
    return go(".show", number=number)


def _show(act: Act, form: ResolveForm) -> ResponseReturnValue:
    with desk().reading() as db:
        customer = db.get(KnownCustomer, act.customer_id) if act.customer_id else None
        names = _shop_names()
        settled_in = acts.settled_in(db, act)
        work = outbox.of_acts(db, [act.id]).get(act.id)
        approval = approvals.of_act(db, act.id)
    return render(
        "trail/show.html",
        act=act,
        calls=calls_of(act),
        customer=customer,
        names=names,
        form=form,
        changes=changes_of(act),
        settled_in=settled_in,
        work=work,
        approval=approval,
        whole=load(Act, number=act.parent_id),
    )


@page.get("/<int:number>/parts")
def parts(number: int) -> ResponseReturnValue:
    """The parts of long work, each an act of its own; a panel of the work's act."""
    act, form = act_or_404(number), PartsFilters()

    def listing(db: Session, at: dict[str, Any]) -> Listing[Act]:
        queries = acts.by_state(acts.parts_of(act.id), form.outcome.data or "")
        found = newest(db, queries, Act.id, **at)
        return Listing(_("Its parts"), part_columns(), found, form, file=f"act-{act.id}-parts")

    return list_page("trail/parts.html", listing, act=act)


def changes_of(act: Act) -> list[tuple[str, Any, Any]]:
    """Put before and after beside each other, field by field."""
    before, after = act.before or {}, act.after or {}
    return [(name, before.get(name), after.get(name)) for name in dict.fromkeys([*before, *after])]


@page.get("/of/<key>")
def of(key: str) -> ResponseReturnValue:
    """What the desk did for one customer; a panel of the profile."""
    customer = customer_or_404(key)
    with desk().reading() as db:
        found = newest(db, acts.wanted(customer_id=customer.id), Act.id, limit=SHOWN_OF_CUSTOMER)
    return render("trail/of.html", customer=customer, found=found)
