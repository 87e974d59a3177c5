"""The ledger of codes that were handed out, and whose a code is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app import vault
from app.pages.promo_codes import page
from app.pages.promo_codes.forms import LedgerFilters, LedgerForm
from app.pages.promo_codes.ledgers import handout_columns
from app.store import customers, promo_handouts, promo_uploads
from app.store.customers import KnownCustomer
from app.store.paging import newest
from app.store.promo_batches import PromoBatch
from app.store.promo_handouts import PromoHandout
from app.web.context import desk, settings
from app.web.customers.columns import named
from app.web.customers.keys import customer_or_404
from app.web.customers.lookup import look_up
from app.web.customers.parse import may_identify
from app.web.page import EVERYONE, STAFF, needs
from app.web.render import go
from app.web.shops import shop
from app.web.sign_in.access import may
from app.web.tables.listing import Listing, Narrowed, list_page
from app.work.bulk import SOURCES, Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from flask.typing import ResponseReturnValue
    from sqlalchemy import Select
    from sqlalchemy.orm import Session


@page.get("/handed-out")
def ledger() -> ResponseReturnValue:
    words, form = _words(), LedgerFilters()
    of_customer = customer_or_404(request.args["for"]) if request.args.get("for") else None
    return list_page(
        "promo_codes/ledger.html",
        lambda db, at: _listing(db, form, of_customer, words, at),
        words=words,
        search=LedgerForm(formdata=None, data={"what": words}),
        uploads=_uploads(words),
    )


def _listing(
    db: Session, form: LedgerFilters, customer: KnownCustomer | None, words: str, at: dict[str, Any]
) -> Listing[PromoHandout]:
    list_id = request.args.get("list", "")
    found = newest(db, _wanted(form, customer, words), PromoHandout.id, **at)
    shown = handout_columns(customers.by_ids(db, {row.customer_id for row in found.rows if row.customer_id}))
    narrowed = [Narrowed("list", list_id, _("List %(name)s", name=_name_of(found.rows, list_id)))] if list_id else []
    if customer:
        narrowed.append(Narrowed("for", customer.key, named(customer)))
    if words:
        narrowed.append(Narrowed("q", request.args["q"], _("With “%(words)s”", words=words)))
    file = "promo-codes-handed-out" if may("promo_codes.hand_out") else ""
    return Listing(_("Codes handed out"), shown, found, form, file=file, narrowed=narrowed)


def _name_of(rows: list[PromoHandout], list_id: str) -> str:
    return next((row.list_name for row in rows if row.list_name), list_id)


def _wanted(form: LedgerFilters, customer: KnownCustomer | None, words: str) -> Select[PromoHandout]:
    list_id, customer_id = request.args.get("list", ""), customer.id if customer else None
    return promo_handouts.of_shop(shop().id, list_id, customer_id=customer_id, words=words, between=form.between())


def everybody(db: Session, most: int) -> list[int]:
    """Who got the codes that the filters of the ledger show."""
    customer = customer_or_404(request.args["for"]) if request.args.get("for") else None
    ids = _wanted(LedgerFilters(request.args), customer, _words()).with_only_columns(PromoHandout.customer_id)
    return list(db.scalars(ids.where(PromoHandout.customer_id.is_not(None)).order_by(None).distinct().limit(most)))


SOURCES["handouts"] = Source(_l("Codes handed out"), "promo_codes.ledger", STAFF, everybody)


def _words() -> str:
    """What is searched for. It may name a person, so it stands in the URL encrypted."""
    locked = request.args.get("q", "")
    try:
        return vault.unlock(locked, settings().key) if locked else ""
    except (vault.KeyChanged, ValueError):
        abort(404)


def _uploads(code: str) -> list[PromoBatch]:
    """The uploads from here that a code came with."""
    if not code:
        return []
    with desk().reading() as db:
        return promo_uploads.batches_with(db, shop().id, code, settings().key)


@page.post("/handed-out/search")
@needs(EVERYONE)
def search_ledger() -> ResponseReturnValue:
    """Look for a customer, or for a code, a reason or a colleague."""
    form = LedgerForm()
    words = (form.what.data or "").strip()
    if not form.validate_on_submit() or not words:
        return go(".ledger")
    if may_identify(words) and not _is_in_ledger(words) and (person := look_up(words).person):
        return go(".ledger", **{"for": person.customer.key})
    return go(".ledger", q=vault.lock(words, settings().key))


def _is_in_ledger(words: str) -> bool:
    """A code, a ticket number or a name of the ledger comes before a customer's ID that is spelt the same."""
    with desk().reading() as db:
        return bool(newest(db, promo_handouts.of_shop(shop().id, words=words), PromoHandout.id, limit=1).rows)


def customers_of(handouts: Iterable[PromoHandout]) -> dict[int, KnownCustomer]:
    ids = {row.customer_id for row in handouts if row.customer_id}
    with desk().reading() as db:
        return customers.by_ids(db, ids)
