"""From the page of a customer to bonuses for events and to certificates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.pages.bonuses import page
from app.web.customer_page.contributions import Act, Contribution
from app.web.customer_page.sources import contributes

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.web.customer_page.opening import Opening


@contributes(page)
def way(who: Opening, _db: Session) -> Contribution:
    """Lead to it: given with a reason, and taken back."""
    act = Act(_("Bonuses and certificates"), url_for("bonuses.of", key=who.customer.key), icon="gift", place=65)
    return Contribution(acts=[act])
