"""The test messages that went to a customer, or were filled with their data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.pages.messages import page
from app.store import sends
from app.web.customer_page.contributions import Act, Contribution, Event
from app.web.customer_page.sources import contributes
from app.web.customer_page.told_acts import ending_of
from app.web.sign_in.access import may

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from app.store.sends import Send
    from app.web.customer_page.opening import Opening

MOST = 50


@contributes(page, title=_l("Test messages"))
def sent_here(who: Opening, db: Session) -> Contribution:
    """Tell what was sent from this desk."""
    found = sends.history(db, who.customer.shop_id, recipients=who.aliases, limit=MOST)
    return Contribution(
        events=[_event(row) for row in found.rows],
        acts=[_write(who)] if may("messages.write") else [],
    )


def _write(who: Opening) -> Act:
    return Act(_("Send a test message"), url_for("messages.write", to=who.customer.key), icon="send", place=40)


def _event(one: Send) -> Event:
    kinds = {"sms": _("Test SMS"), "multi": _("Test message"), "transact": _("Transactional test message")}
    return Event(
        "messages",
        icon="send",
        title=f"{kinds.get(one.kind, one.kind)}: {one.campaign_name or one.campaign}",
        at=one.at,
        source=_("desk"),
        badges=ending_of(one.act) if one.act else [],
        notes=[one.person],
        url=url_for("messages.show", number=one.id),
        is_quiet=True,
        act_id=one.act_id,
    )
