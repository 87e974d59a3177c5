"""The codes that a customer got from this desk, and handing out one more."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _

from app.pages.promo_codes import page
from app.store import promo_handouts
from app.web.customer_page.contributions import Act, Contribution, Event
from app.web.customer_page.sources import contributes
from app.web.customer_page.told_acts import ending_of
from app.web.masking import code_for_me
from app.web.sign_in.access import may

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.promo_handouts import PromoHandout
    from app.web.customer_page.opening import Opening

MOST = 100


@contributes(page)
def codes(who: Opening, db: Session) -> Contribution:
    """Tell which codes were handed out to them."""
    got = [one for key in who.aliases for one in promo_handouts.to_customer(db, key, limit=MOST)]
    return Contribution(
        events=[_event(one) for one in got],
        acts=[_hand_out(who)] if may("promo_codes.hand_out") else [],
        limits=[_("Codes that campaigns hand out are not seen here.")],
    )


def _hand_out(who: Opening) -> Act:
    url = f"{url_for('promo_codes.hand_out')}?{urlencode({'for': who.customer.key})}"
    return Act(_("Hand out a code"), url, icon="ticket-percent", key="p", place=20, group="main", short=_("Code"))


def _event(one: PromoHandout) -> Event:
    code = code_for_me(one.code, one.person)
    return Event(
        "codes",
        icon="ticket-percent",
        title=_("Code %(code)s handed out", code=code) if code else _("A code was asked for"),
        at=one.at,
        source=_("desk"),
        badges=ending_of(one.act),
        notes=[one.person, one.list_name or one.list_id, _("reason: %(reason)s", reason=one.reason)],
        url=url_for("promo_codes.handed_out", key=one.key),
        act_id=one.act_id,
    )
