"""The ledger of codes that were handed out, and whose a code is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request
from flask_babel import gettext as _

from app.pages.promo_codes import page
from app.pages.promo_codes.forms import LedgerForm
from app.store import customers, promo_handouts, promo_uploads, vault
from app.store.customers import KnownCustomer
from app.store.paging import newest
from app.store.promo_batches import PromoBatch
from app.store.promo_handouts import PromoHandout
from app.web.context import desk, settings
from app.web.customers.keys import customer_or_404, identity_of
from app.web.customers.lookup import look_up
from app.web.customers.parse import may_identify
from app.web.http.csv import csv_answer
from app.web.page import EVERYONE, STAFF, needs
from app.web.paging_args import page_urls, place
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from flask.typing import ResponseReturnValue


@page.get("/handed-out")
def ledger() -> ResponseReturnValue:
    list_id, words = request.args.get("list", ""), _words()
    customer = customer_or_404(request.args["for"]) if request.args.get("for") else None
    with desk().reading() as db:
        wanted = promo_handouts.of_shop(shop().id, list_id, customer_id=customer.id if customer else None, words=words)
        found = newest(db, wanted, PromoHandout.id, **place())
    return render(
        "promo_codes/ledger.html",
        found=found,
        list_id=list_id,
        customer=customer,
        words=words,
        form=LedgerForm(formdata=None, data={"what": words}),
        customers=customers_of(found.rows),
        uploads=_uploads(words),
        **page_urls(found.older, found.newer),
    )


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


@page.get("/handed-out.csv")
@needs(STAFF)
def ledger_csv() -> ResponseReturnValue:
    header = [_("When (UTC)"), _("List"), _("Code"), _("To whom"), _("Why"), _("By whom"), _("Outcome")]
    return csv_answer("promo-codes-handed-out", header, _csv_rows(request.args.get("list", "")))


def _csv_rows(list_id: str) -> Iterator[list[object]]:
    """Walk through the ledger by key, a page at a time."""
    before: int | None = None
    while True:
        with desk().reading() as db:
            found = newest(db, promo_handouts.of_shop(shop().id, list_id), PromoHandout.id, before=before, limit=500)
        whom = customers_of(found.rows)
        for row in found.rows:
            customer = whom.get(row.customer_id or 0)
            yield [
                row.at.isoformat(" ", "seconds"),
                row.list_name,
                row.code,
                identity_of(customer) if customer else "",
                row.reason,
                row.person,
                row.outcome,
            ]
        before = found.older
        if before is None:
            return


def customers_of(handouts: Iterable[PromoHandout]) -> dict[int, KnownCustomer]:
    ids = {row.customer_id for row in handouts if row.customer_id}
    with desk().reading() as db:
        return customers.by_ids(db, ids)
