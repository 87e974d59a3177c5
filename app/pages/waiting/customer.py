"""From the page of a customer to what they wait for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.pages.waiting import page
from app.web.customer_page.contributions import Act, Contribution
from app.web.customer_page.sources import contributes

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.web.customer_page.opening import Opening


@contributes(page)
def way(who: Opening, _db: Session) -> Contribution:
    """Lead to it; it takes a call for each product, so nothing is asked here."""
    return Contribution(
        acts=[Act(_("What they wait for"), url_for("waiting.of", key=who.customer.key), icon="clock", place=60)]
    )
