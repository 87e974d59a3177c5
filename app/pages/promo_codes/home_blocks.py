"""Promo lists that run low, and codes that were not uploaded yet, on home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from app.pages.promo_codes import page, stock
from app.store import promo_batches
from app.store.promo_batches import PromoBatch
from app.web.page import ADMIN, MARKETERS, VIEWERS
from app.web.panels.home_blocks import Unfinished, home_block, unfinished
from app.web.shops import shop

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@home_block(
    page,
    _l("Lists running low"),
    template="promo_codes/_home.html",
    roles=MARKETERS | ADMIN | VIEWERS,
    place=30,
    asks=True,
    more=("promo_codes.index", _l("Promo codes")),
)
def running_low() -> dict[str, Any]:
    """List what ends first: empty ones, then by how far they are under their level."""
    supplies, asked = stock.lately()
    low = [supply for supply in supplies if supply.state in ("empty", "low")]
    low.sort(key=lambda one: (one.available or 0) / max(one.warn_below, 1))
    untold = [supply for supply in supplies if supply.state == "untold"]
    return {"rows": low, "any": bool(supplies), "untold": len(untold), "asked": asked}


@unfinished(page)
def drafts(db: Session) -> list[Unfinished]:
    """Give the batches that were checked and not uploaded."""
    query = promo_batches.of_shop(shop().id).where(PromoBatch.state == "checked", PromoBatch.total > 0)
    found = db.scalars(query.order_by(PromoBatch.id.desc()).limit(4))
    return [
        Unfinished(
            one.list_name or _("Promo codes"),
            ngettext("%(num)s code checked, not uploaded yet", "%(num)s codes checked, not uploaded yet", one.total),
            url_for("promo_codes.batch", key=one.key),
            one.at,
        )
        for one in found
    ]
