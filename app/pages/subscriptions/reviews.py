"""What a second person sees of a report of a hard bounce before they approve it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask_babel import gettext as _

from app.pages.subscriptions.views.callbacks import KIND
from app.rees46.subscriptions import Callback
from app.store.customers import KnownCustomer
from app.web.context import desk
from app.web.customers.reach import reach_of
from app.web.safeguards.second_person import Review, facts_of, reviews_act

if TYPE_CHECKING:
    from app.store.acts import Act


@reviews_act(Callback.name(), by=KIND)
def review_report(act: Act) -> Review:
    """The address, what is told of it, and what may be sent to it until now."""
    with desk().reading() as db:
        customer = db.get_one(KnownCustomer, act.customer_id)
    reach, address = reach_of(customer), str(act.asked["email"])
    lines = [
        (_("Address"), address, ""),
        (_("What happened"), "", _("The address does not exist")),
        (_("What REES46 does"), "", _("The address is purged for ever: nothing can be sent to it again.")),
    ]
    return Review(lines, facts_of(address, reach.email, sorted(reach.flags.items())))
