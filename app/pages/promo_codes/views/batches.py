"""A batch of codes: what was found in it, sending it, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash
from flask_babel import gettext as _

from app.pages.promo_codes import page, stock
from app.pages.promo_codes.forms import SendForm
from app.pages.promo_codes.inspection import odd, unusual
from app.pages.promo_codes.ledgers import batch_columns
from app.pages.promo_codes.sending import KIND, left_in
from app.pages.promo_codes.stock import Supply
from app.store import promo_batches, promo_uploads
from app.store.paging import newest
from app.store.promo_batches import PromoBatch
from app.web.context import desk, settings
from app.web.http.csv import csv_answer
from app.web.loaders import load_or_404
from app.web.page import MARKETERS, needs
from app.web.panels.standing import read_or
from app.web.rees46 import About, new_act
from app.web.render import go, render
from app.web.shops import shop
from app.web.tables.listing import Listing, list_page
from app.work.batches import go_on, queue, trouble_of, work_on

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue
    from sqlalchemy.orm import Session

SHOWN = 20  # codes of the preview
SECONDS = 5.0  # that one request spends on sending


@page.get("/batches")
@needs(MARKETERS)
def batches() -> ResponseReturnValue:
    return list_page("promo_codes/batches.html", _listing)


def _listing(db: Session, at: dict[str, Any]) -> Listing[PromoBatch]:
    found = newest(db, promo_batches.of_shop(shop().id), PromoBatch.id, **at)
    return Listing(_("Uploads"), batch_columns(), found, file="promo-uploads")


@page.get("/batches/<key>", endpoint="batch")
@needs(MARKETERS)
def show(key: str) -> ResponseReturnValue:
    batch = _batch(key)
    return _show(batch, _form(batch))


@page.post("/batches/<key>")
@needs(MARKETERS)
def send(key: str) -> ResponseReturnValue:
    batch = _batch(key)
    form = _form(batch)
    if batch.state == "checked" and not (form.validate_on_submit() and not form.form_errors and _begun(batch, form)):
        return _show(batch, form)
    if batch.state == "sent":
        return go(".batch", key=key)
    work = go_on(KIND, batch.key, title=batch.list_name, seconds=SECONDS)
    if work.trouble:
        flash(f"{trouble_of(work)} {_not_lost(_batch(key))}", "danger")
    return go(".batch", key=key)


def _begun(batch: PromoBatch, form: SendForm) -> bool:
    """Settle what is sent, and count what the list has before."""
    leave_out = set() if form.odd.data else set(odd(batch.codes))
    if not form.unusual.data:
        leave_out |= set(unusual(batch.codes))
    elsewhere = _in_other_lists(batch, form.list.data)
    if elsewhere and not form.elsewhere.data:
        form.elsewhere.errors = [_("Nothing was uploaded: these codes stand in another list. Say that you mean it.")]
        return False
    codes = [code for code in batch.codes if code not in leave_out]
    before = left_in(form.list.data)
    if before is None or not codes:
        unsaid = _("REES46 did not say what the list has now. Try again.")
        form.refuse(unsaid if codes else _("No code is left to upload."))
        return False
    name = form.list.names[form.list.data]
    asked = {"batch": batch.key, "id": form.list.data, "list": name, "codes": len(codes)}
    with desk().writing() as db:
        if promo_batches.start(db, batch.id, list_id=form.list.data, list_name=name, codes=codes, before=before):
            queue(db, KIND, batch.key, name, len(codes), act=new_act("promo_codes.Batch", shop(), About(), asked))
    return True


def _in_other_lists(batch: PromoBatch, list_id: str | None) -> bool:
    """Whether codes of the batch were uploaded from here to another list than the one that is chosen."""
    with desk().reading() as db:
        found = promo_uploads.lists_with(db, batch.shop_id, batch.codes, settings().key)
    return any(name != list_id for name in found)


def _not_lost(batch: PromoBatch) -> str:
    if batch.position:
        return _("The parts before are in the list. It is safe to continue.")
    return _("It is safe to try again: codes that the list has already are left out.")


def _form(batch: PromoBatch) -> SendForm:
    form = SendForm()
    if batch.state == "checked":
        supplies, error = read_or(stock.read, list[Supply]())
        form.list.offer(supplies, batch.list_id)
        if error:
            form.refuse(error["happened"])
    return form


def _show(batch: PromoBatch, form: SendForm) -> ResponseReturnValue:
    return render(
        "promo_codes/batch.html",
        batch=batch,
        form=form,
        sample=batch.codes[:SHOWN],
        work=work_on(KIND, batch.key),
    )


@page.get("/batches/<key>/codes.csv")
@needs(MARKETERS)
def codes_csv(key: str) -> ResponseReturnValue:
    batch = _batch(key)
    if not batch.codes:
        abort(404)
    return csv_answer(f"promo-codes-{batch.key}", [_("Code")], ([code] for code in batch.codes))


def _batch(key: str) -> PromoBatch:
    return load_or_404(PromoBatch, key=key)
