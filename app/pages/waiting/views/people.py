"""Who waits for one product; putting them into a segment; letting somebody wait, and taking somebody off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, request
from flask_babel import gettext as _
from flask_babel import ngettext

from app.pages.waiting import page
from app.pages.waiting.demand import KINDS, Wanted, read
from app.pages.waiting.forms import SegmentForm
from app.pages.waiting.views.lists import asked_kind
from app.rees46.imports import Audience
from app.store import customers
from app.web.catalogue import remembered
from app.web.context import desk
from app.web.customers.keys import normal
from app.web.customers.masking import contact_for_me
from app.web.page import MARKETERS, needs
from app.web.paging_args import whole_number
from app.web.rees46 import About, act
from app.web.render import go, render
from app.web.safeguards.approval_rules import rules_of
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.customers import KnownCustomer

SHOWN = 50
AT_ONCE = 1_000  # people in one call, as REES46 advises
MOST = 5_000  # people that are put into a segment from here


def asked_item() -> str:
    return request.values.get("id", "").replace("\0", "").strip()[:255]


@page.get("/product")
def product() -> ResponseReturnValue:
    """Show who waits for a product."""
    item_id = asked_item()
    return _show(asked_kind(), item_id, SegmentForm(formdata=None)) if item_id else go(".index")


def _show(kind: str, item_id: str, form: SegmentForm) -> ResponseReturnValue:
    wanted = _wanted(kind, item_id)
    first = min(max(whole_number(request.args.get("from")) or 0, 0), max(len(wanted.contacts) - 1, 0))
    shown = wanted.contacts[first : first + SHOWN]
    return render(
        "waiting/product.html",
        kind=kind,
        kinds=KINDS,
        item_id=item_id,
        wanted=wanted,
        product=remembered([item_id]).get(item_id),
        people=[(contact_for_me(contact), customer) for contact, customer in zip(shown, _known(shown), strict=True)],
        form=form,
        first=first,
        step=SHOWN,
        most=MOST,
    )


def _wanted(kind: str, item_id: str) -> Wanted:
    return next((one for one in read(kind) if one.item == item_id), None) or Wanted(item_id)


def _known(contacts: list[str]) -> list[KnownCustomer]:
    """Give the keys of contacts, for addresses that name nobody."""
    names = [(kind, normal(kind, contact)) for contact in contacts for kind in ["email" if "@" in contact else "phone"]]
    with desk().writing() as db:
        keys = customers.remember_all(db, shop().id, dict.fromkeys(names, ""))
    return [keys[name] for name in names]


@page.post("/segment")
@needs(MARKETERS)
def segment() -> ResponseReturnValue:
    """Put all who wait for a product into a segment: nothing else about them is sent, so their consents stay."""
    kind, item_id, form = asked_kind(), asked_item(), SegmentForm()
    if not item_id:
        abort(404)
    people = [_element(contact) for contact in _wanted(kind, item_id).contacts]
    if not form.validate_on_submit() or not _fits(form, people):
        return _show(kind, item_id, form)
    for place in range(0, len(people), AT_ONCE):
        _put(people[place : place + AT_ONCE], form, item_id, place)
    flash(
        ngettext(
            "%(num)s person is being put into segment %(segment)s.",
            "%(num)s people are being put into segment %(segment)s.",
            len(people),
            segment=form.segment_id.data,
        ),
        "success",
    )
    return go(".product", **{"id": item_id, "for": kind})


def _element(contact: str) -> dict[str, Any]:
    return {"email": contact} if "@" in contact else {"phone": contact}


def _fits(form: SegmentForm, people: list[dict[str, Any]]) -> bool:
    if not people:
        form.refuse(_("Nobody waits for this product now. Nothing was sent."))
    elif len(people) > MOST:
        form.refuse(_("More than %(most)s people wait. Import them as a file. Nothing was sent.", most=MOST))
    elif "import_rows" in rules_of(shop()) and len(people) > shop().approval_rows:
        form.refuse(_("So many at once wait for a second person. Import them as a file. Nothing was sent."))
    return bool(people) and not form.form_errors


def _put(people: list[dict[str, Any]], form: SegmentForm, item_id: str, place: int) -> None:
    """Send a part; the trail keeps how many, and not whom."""
    asked = {"segment_id": form.segment_id.data, "people": len(people), "waiting_for": item_id}
    once = f"{form.once.data}.{place}"[:32] if form.once.data else None
    act(Audience(audience=people, segment_id=form.segment_id.data), About(asked=asked, once=once))
