"""Who looked at a customer, and when last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.pages.customers import page
from app.store import customers
from app.web.customer_page.contributions import Contribution, Side
from app.web.customer_page.sources import contributes
from app.web.page import STAFF
from app.web.sign_in.login import me

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.web.customer_page.opening import Opening


@contributes(page)
def looked(who: Opening, db: Session) -> Contribution:
    """Name the colleagues who opened this page, for those who may act on it."""
    if not me().may(STAFF):
        return Contribution()
    seen_by = customers.seen_by(db, {who.customer.id, *who.aliases})
    side = Side("looked", _("Who looked here"), "customers/_looked.html", {"seen_by": seen_by}, place=90)
    return Contribution(sides=[side])
