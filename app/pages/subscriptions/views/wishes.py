"""What is asked for every day, in two clicks from the page of a customer; and taking it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import abort, request
from flask_babel import gettext as _

from app.pages.subscriptions import page
from app.pages.subscriptions.changes import can_undo
from app.pages.subscriptions.presets import NAMES, turned_off
from app.pages.subscriptions.words import flag_of
from app.rees46.errors import Rees46Error
from app.rees46.subscriptions import Manage
from app.store.acts import AlreadyDone
from app.web.acts.settling import act_or_404
from app.web.customer_page.changed import changed
from app.web.customers.keys import customer_or_404
from app.web.customers.reach import reach_of
from app.web.customers.traces import aliases
from app.web.error_words import in_words
from app.web.errors import earlier_click
from app.web.rees46 import About, act

if TYPE_CHECKING:
    from flask.typing import ResponseReturnValue

    from app.store.customers import KnownCustomer
    from app.web.customers.reach import Reach


@page.post("/of/<key>/preset")
def preset(key: str) -> ResponseReturnValue:
    """Turn off what a wish names; only what is on is sent."""
    customer, wish = customer_or_404(key), request.form.get("preset", "")
    if wish not in NAMES:
        abort(400)
    try:
        reach = reach_of(customer)
        flags = turned_off(wish, reach.flags)
        if not flags:
            return changed(customer, _("Nothing was on, so nothing was changed."), "info")
        return _change(customer, reach, flags, str(NAMES[wish]))
    except Rees46Error as error:
        return changed(customer, " ".join(filter(None, in_words(error).values())), "danger")


@page.post("/of/<key>/undo/<int:number>")
def undo(key: str, number: int) -> ResponseReturnValue:
    """Give back what an act of this desk changed, where nobody has changed it since."""
    customer, done = customer_or_404(key), act_or_404(number)
    if done.customer_id not in aliases(customer) or not can_undo(done):
        abort(404)
    try:
        reach = reach_of(customer)
        was, is_now = done.before or {}, done.after or {}
        flags = {
            flag: before
            for flag, before in was.items()
            if isinstance(before, bool) and flag in reach.flags and reach.flags[flag] == is_now.get(flag) != before
        }
        if stopped := next(
            (reach.cells[flag].stops[0] for flag, on in flags.items() if on and reach.cells[flag].stops), ""
        ):
            return changed(customer, _("It cannot be undone: %(why)s", why=stopped), "warning")
        if not flags:
            return changed(customer, _("It was changed again since, so nothing was undone."), "warning")
        return _change(customer, reach, flags, _("Undo of act %(number)s", number=number))
    except Rees46Error as error:
        return changed(customer, " ".join(filter(None, in_words(error).values())), "danger")


def _change(customer: KnownCustomer, reach: Reach, flags: dict[str, bool], reason: str) -> ResponseReturnValue:
    """Send it by all present contacts; the trail keeps what it was before."""
    known = {kind: value for kind, value in (("email", reach.email), ("phone", reach.phone)) if value}
    before = {flag: reach.flags[flag] for flag in flags}
    about = About(customer, before, dict(flags), reason, once=request.form.get("once", "")[:64] or None)
    try:
        act(Manage.from_form({**(known or customer.identity), **flags}), about)
    except AlreadyDone as done:
        return changed(customer, earlier_click(done.act), "info")
    turned = ", ".join(f"{flag_of(flag)} → {_('on') if is_on else _('off')}" for flag, is_on in flags.items())
    return changed(customer, _("Changed: %(what)s.", what=turned))
