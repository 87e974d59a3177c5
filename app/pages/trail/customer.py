"""What the desk did for a customer, and of which no other page tells more; what nobody knows needs somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from app.pages.trail import page
from app.web.acts.labels import act_label
from app.web.customer_page.contributions import Act, Attention, Contribution
from app.web.customer_page.sources import contributes
from app.web.customer_page.told_acts import event_of_act
from app.web.sign_in.access import may

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.acts import Act as Done
    from app.web.customer_page.opening import Opening


@contributes(page)
def done_here(who: Opening, _db: Session) -> Contribution:
    """Tell every act of the desk about this customer."""
    return Contribution(
        events=[event_of_act(act, gives_way=True) for act in who.acts],
        attention=[_unknown(act) for act in who.acts if act.is_open],
        limits=[_("What this desk did is complete.")],
    )


def _unknown(act: Done) -> Attention:
    settle = Act(_("Settle"), url_for("trail.show", number=act.id), icon="circle-help")
    words = _("%(what)s, by %(person)s: nobody knows whether it was done.", what=act_label(act.what), person=act.person)
    return Attention(icon="circle-help", head=_("Unknown:"), text=words, act=settle if may("trail.resolve") else None)
