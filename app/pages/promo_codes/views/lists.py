"""The promo lists: what is left in each, and all about one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, flash
from flask_babel import format_date
from flask_babel import gettext as _

from app.pages.promo_codes import page, stock
from app.pages.promo_codes.forms import WarnForm
from app.pages.promo_codes.ledgers import batch_columns, handout_columns, supply_columns
from app.pages.promo_codes.stock import Supply
from app.store import customers, promo_batches, promo_handouts, promo_stock
from app.store.paging import newest
from app.store.promo_batches import PromoBatch
from app.store.promo_handouts import PromoHandout
from app.web.context import desk
from app.web.page import MARKETERS, needs
from app.web.panels.standing import read_or
from app.web.rees46 import About, noted
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.web.error_words import Failure

LATEST = 10  # rows of the ledger on other pages
ORDER = {"empty": 0, "low": 1, "untold": 2, "fine": 3}


@page.get("/")
def index() -> ResponseReturnValue:
    supplies, error = _read()
    with desk().reading() as db:
        latest = newest(db, promo_handouts.of_shop(shop().id), PromoHandout.id, limit=LATEST).rows
        whom = customers.by_ids(db, {one.customer_id for one in latest if one.customer_id})
    return render(
        "promo_codes/index.html",
        error.status if error else 200,
        supplies=supplies,
        columns=supply_columns(trends=any(supply.trend for supply in supplies)),
        error=error,
        latest=latest,
        latest_columns=handout_columns(whom, picks=False),
    )


def _read() -> tuple[list[Supply], Failure | None]:
    """Read the lists, those that need somebody first; the page stands when REES46 does not answer."""
    supplies, error = read_or(stock.read, list[Supply]())
    return sorted(supplies, key=lambda supply: ORDER[supply.state]), error


@page.get("/lists/<list_id>", endpoint="list")
def show(list_id: str) -> ResponseReturnValue:
    return _show(list_id, WarnForm(formdata=None))


@page.post("/lists/<list_id>")
@needs(MARKETERS)
def warn(list_id: str) -> ResponseReturnValue:
    """Set from how many codes on the list counts as low."""
    form = WarnForm()
    found = _one(list_id)
    if not form.validate_on_submit():
        return _show(list_id, form)
    level = form.level.data or 0
    about = About(before={"warn_below": found.warn_below}, after={"warn_below": level})
    with noted("promo_codes.Warn", about, {"id": list_id}), desk().writing() as db:
        promo_stock.warn_below(db, shop().id, list_id, level)
    flash(_("You are warned when fewer than %(level)s are left.", level=level), "success")
    return go(".list", list_id=list_id)


def _show(list_id: str, form: WarnForm) -> ResponseReturnValue:
    found, error = _one_or_trouble(list_id)
    if not form.is_submitted():
        form.level.data = found.warn_below
    with desk().reading() as db:
        latest = newest(db, promo_handouts.of_shop(shop().id, list_id), PromoHandout.id, limit=LATEST).rows
        brought = newest(db, promo_batches.of_list(shop().id, list_id), PromoBatch.id, limit=LATEST).rows
        whom = customers.by_ids(db, {one.customer_id for one in latest if one.customer_id})
    trend = [(format_date(day, "d MMM"), left) for day, left in found.trend]
    return render(
        "promo_codes/list.html",
        error.status if error else None,
        one=found,
        error=error,
        form=form,
        latest=latest,
        latest_columns=handout_columns(whom, lists=False, picks=False),
        batches=brought,
        batch_columns=batch_columns(lists=False),
        trend=trend,
    )


def _one_or_trouble(list_id: str) -> tuple[Supply, Failure | None]:
    """Read a list; when REES46 does not answer, what the desk itself knows of it stands."""
    return read_or(lambda: _one(list_id), Supply(list_id, _("Promo list %(number)s", number=list_id), 0))


def _one(list_id: str) -> Supply:
    return next((one for one in stock.read() if one.id == list_id), None) or abort(404)
