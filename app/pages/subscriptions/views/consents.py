"""What one customer agreed to: a panel of the profile, and changing it with a look first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import flash
from flask_babel import gettext as _

from app.pages.subscriptions import page
from app.pages.subscriptions.forms import ConsentForm
from app.pages.subscriptions.log import lines_of
from app.pages.subscriptions.words import CONTACTS, flag_of, source_of, tone_of
from app.rees46.errors import Rees46Error, Refused
from app.rees46.subscriptions import Check
from app.store.acts import AlreadyDone
from app.web.channels import CHANNELS, KINDS
from app.web.customers.consent_events import event_of
from app.web.customers.keys import customer_or_404
from app.web.customers.reach import reach_of
from app.web.errors import earlier_click
from app.web.page import STAFF, needs
from app.web.rees46 import About, act, ask, client
from app.web.render import go, render
from app.web.shops import shop

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.customers import KnownCustomer
    from app.web.customers.reach import Reach

SHOWN = 10  # latest changes


@page.context_processor
def words() -> dict[str, object]:
    return {
        "channel_names": CHANNELS,
        "contact_names": CONTACTS,
        "kind_names": KINDS,
        "event_of": event_of,
        "source_of": source_of,
        "tone_of": tone_of,
        "flag_of": flag_of,
    }


@page.get("/of/<key>")
def of(key: str) -> ResponseReturnValue:
    customer = customer_or_404(key)
    reach = reach_of(customer)
    return render("subscriptions/of.html", customer=customer, reach=reach, latest=lines_of(reach.log.changes)[:SHOWN])


@page.get("/of/<key>/change")
@needs(STAFF)
def edit(key: str) -> ResponseReturnValue:
    customer = customer_or_404(key)
    reach = reach_of(customer)
    return _edit(customer, reach, _form(customer, reach, blank=True))


@page.post("/of/<key>/change")
def change(key: str) -> ResponseReturnValue:
    """Show what would change; the second time, when nothing moved in between, do it."""
    customer = customer_or_404(key)
    reach = reach_of(customer)
    form = _form(customer, reach)
    if not form.validate_on_submit() or not _may_be_sent(form, reach):
        return _edit(customer, reach, form)
    if form.seen.data != form.state:
        return _preview(customer, reach, form)
    try:
        act(form.operation, _about(customer, form))
    except AlreadyDone as done:
        flash(earlier_click(done.act), "info")
    except Refused as refused:
        form.refuse(refused.message)
        return _edit(customer, reach, form)
    else:
        _read_back(form)
    return go(".of", key=key)


def _form(customer: KnownCustomer, reach: Reach, *, blank: bool = False) -> ConsentForm:
    known = {kind: value for kind, value in (("email", reach.email), ("phone", reach.phone)) if value}
    more = {"formdata": None} if blank else {}
    stops = {flag: cell.stops[0] for flag, cell in reach.cells.items() if cell.stops}
    return ConsentForm(known or customer.identity, reach.flags, stops, **more)


def _may_be_sent(form: ConsentForm, reach: Reach) -> bool:
    """Something must change, and what the customer turned off is lifted only with a reason."""
    if not form.changed:
        form.refuse(_("Nothing would change: choose On or Off for what is to be different."))
        return False
    lifted = [flag_of(flag) for flag, on in form.changed.items() if on and reach.cells[flag].was_left]
    if lifted and not (form.reason.data or "").strip():
        form.reason.errors = [
            _(
                "They left this themselves, or we cannot tell: %(flags)s. Say why it may be turned on again.",
                flags="; ".join(lifted),
            )
        ]
        return False
    return True


def _about(customer: KnownCustomer, form: ConsentForm) -> About:
    before = {flag: form.flags[flag] for flag in form.changed}
    return About(customer, before=before, after=dict(form.changed), reason=form.reason.data, once=form.once.data)


def _read_back(form: ConsentForm) -> None:
    """Look whether it can be seen already: accepted is not done."""
    said = ", ".join(f"{flag_of(flag)} → {_state(is_on=on)}" for flag, on in form.changed.items())
    try:
        status = ask(Check(**form.identity))
    except Rees46Error:
        flash(_("REES46 accepted it: %(said)s. It could not be read back.", said=said), "warning")
        return
    missing = [flag_of(flag) for flag, on in form.changed.items() if getattr(status, flag) is (not on)]
    untold = [flag_of(flag) for flag in form.changed if getattr(status, flag) is None]
    if untold:
        flash(
            _(
                "REES46 accepted it: %(said)s. It did not say how this stands now: %(flags)s.",
                said=said,
                flags=", ".join(untold),
            ),
            "warning",
        )
    elif missing:
        flash(
            _(
                "REES46 accepted it, but this is not to be seen yet: %(flags)s. If the address is suppressed, "
                "blacklisted or bounced, it stays off.",
                flags=", ".join(missing),
            ),
            "warning",
        )
    else:
        flash(_("Changed and read back: %(said)s.", said=said), "success")


def _state(*, is_on: bool | None) -> str:
    return _("REES46 did not say") if is_on is None else _("on") if is_on else _("off")


def _edit(customer: KnownCustomer, reach: Reach, form: ConsentForm) -> ResponseReturnValue:
    return render("subscriptions/edit.html", customer=customer, reach=reach, form=form)


def _preview(customer: KnownCustomer, reach: Reach, form: ConsentForm) -> ResponseReturnValue:
    moved = bool(form.seen.data)
    form.seen.data = form.state
    rows = [(flag_of(flag), _state(is_on=form.flags[flag]), _state(is_on=on)) for flag, on in form.changed.items()]
    curl = client(shop(), form.operation).curl(form.operation)
    return render(
        "subscriptions/preview.html", customer=customer, reach=reach, form=form, rows=rows, moved=moved, curl=curl
    )
